/// Growing the map and keeping it true: landmarks from keyframes, culling, fusion, bundle adjustment.
@NullMarked
package dev.aerie.slam.mapping;

import org.jspecify.annotations.NullMarked;
