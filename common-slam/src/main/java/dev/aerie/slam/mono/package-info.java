/// The monocular engine, assembled from its stages.
@NullMarked
package dev.aerie.slam.mono;

import org.jspecify.annotations.NullMarked;
