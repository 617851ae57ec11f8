/// The map: keyframes, landmarks, who sees what, and the one lock and version number that guard them.
@NullMarked
package dev.aerie.slam.map;

import org.jspecify.annotations.NullMarked;
