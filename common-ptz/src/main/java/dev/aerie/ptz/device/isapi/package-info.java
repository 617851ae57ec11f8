/// A camera that speaks Hikvision's ISAPI, for simulated motors and for tests.
@NullMarked
package dev.aerie.ptz.device.isapi;

import org.jspecify.annotations.NullMarked;
