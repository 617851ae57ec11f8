/// Finding the same corner again: guided by where it should be, or by its looks alone.
@NullMarked
package dev.aerie.slam.match;

import org.jspecify.annotations.NullMarked;
