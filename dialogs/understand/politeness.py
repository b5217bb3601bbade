"""What people say around a command: 麻烦帮我…, …一下吧, …可以吗."""

from __future__ import annotations

_SOUND = r"(?:嗯|哦|噢|额|呃|啊|哎呀?|唉|诶|欸|那么|那个|那|好的|好吧|好|等等|等下|等一下|抱歉|不好意思|对不起|你好|您好|老师)"
BEFORE = (
    rf"(?:{_SOUND}[\s,，。!！]*+)*(?:请问|请|麻烦(?:你|您)?|劳驾)?[\s,，]*+"
    r"(?:我们?|(?<=[我们])(?:还(?!是)|又)|(?<=[我们还又就先])得|需要|帮(?:我|忙)|给我|让我|能不能|能否|可不可以|可以|能|想|要|再|先|就|还是)*\s*+"
)
"""Words in front of a command, as a pattern; may be empty."""

BEHIND = r"(?:一下子?|看看|看一下|下|吧|啊|呀|呢|吗|嘛|了|的|哦|噢|呗|哈|么|啦|先|行不行|可以吗|行吗|好吗|好不好|谢谢(?:你|您)?|多谢|麻烦(?:你|您)?|[\s,，])*"
"""Words behind a command, as a pattern; may be empty."""
