"""The WeChat Work protocol: the callback gate, messages in and out, cards, the API client.

Knows nothing of storage, dialogs or scoring. Sources are the pages of
developer.work.weixin.qq.com that each module names by number.
"""
