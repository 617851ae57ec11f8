/// A camera that speaks ONVIF, for simulated motors and for tests.
@NullMarked
package dev.aerie.ptz.device.onvif;

import org.jspecify.annotations.NullMarked;
