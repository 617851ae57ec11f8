/// SLAM from one camera: what is behind the engine's door, put together.
@NullMarked
package dev.aerie.slam.mono;

import org.jspecify.annotations.NullMarked;
