/// The other side of the protocols: servers that speak them for a camera, real or simulated.
@NullMarked
package dev.aerie.ptz.device;

import org.jspecify.annotations.NullMarked;
