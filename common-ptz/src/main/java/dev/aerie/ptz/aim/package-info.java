/// Which of the tracked objects a camera follows, and how large it is to be in the frame.
@NullMarked
package dev.aerie.ptz.aim;

import org.jspecify.annotations.NullMarked;
