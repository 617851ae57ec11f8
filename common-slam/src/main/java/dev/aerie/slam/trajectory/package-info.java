/// Where a camera was over time, and the two text formats that everyone reads.
@NullMarked
package dev.aerie.slam.trajectory;

import org.jspecify.annotations.NullMarked;
