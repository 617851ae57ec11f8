/// Coming back to where one has been: found by looks, proven by geometry, spread over the map.
@NullMarked
package dev.aerie.slam.loop;

import org.jspecify.annotations.NullMarked;
