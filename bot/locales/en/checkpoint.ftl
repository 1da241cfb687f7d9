# Published checkpoints of the evidence log, in the evidence channel.

checkpoint-title = **Evidence log { $origin }**: { $size } entries, { $at }
checkpoint-keep = The attached file is this checkpoint, byte for byte. Keep a copy: whoever has one can show later that no entry before it was changed or removed.
checkpoint-key = The key that checks it is told once. Keep it where nobody here can change it: { $vkey }
checkpoint-in-file = The checkpoint is in the attached file.
