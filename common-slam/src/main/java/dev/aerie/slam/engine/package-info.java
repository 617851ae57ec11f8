/// The door between the service and its SLAM: a frame goes in, a pose comes out, the map can be looked at.
@NullMarked
package dev.aerie.slam.engine;

import org.jspecify.annotations.NullMarked;
