/// Loop closing: place recognition, geometric verification, correction of the map.
@NullMarked
package dev.aerie.slam.loop;

import org.jspecify.annotations.NullMarked;
