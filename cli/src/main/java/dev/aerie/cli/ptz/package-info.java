/// `./aerie ptz`: cameras that pan, tilt and zoom.
@NullMarked
package dev.aerie.cli.ptz;

import org.jspecify.annotations.NullMarked;
