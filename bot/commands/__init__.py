"""The commands of `jixiao`, one small file each."""
