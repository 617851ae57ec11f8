/// Reads the tensors of PyTorch checkpoints (`.pt`), and nothing but tensors: no code of such a file is ever run.
@NullMarked
package dev.aerie.vision.checkpoint;

import org.jspecify.annotations.NullMarked;
