/// Feature matching: guided by a predicted position, or by descriptors alone.
@NullMarked
package dev.aerie.slam.match;

import org.jspecify.annotations.NullMarked;
