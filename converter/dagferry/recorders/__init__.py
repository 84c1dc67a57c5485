"""Files that run inside the environments of real engines; nothing here imports anything of ours."""
