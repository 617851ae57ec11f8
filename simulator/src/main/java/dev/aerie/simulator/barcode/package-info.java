/// Frames that carry their own number in black and white cells, and the reader that finds it again after encoding.
@NullMarked
package dev.aerie.simulator.barcode;

import org.jspecify.annotations.NullMarked;
