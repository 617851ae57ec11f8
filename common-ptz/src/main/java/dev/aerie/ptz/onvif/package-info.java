/// Cameras that speak ONVIF, Profile S or T: PTZ, media profiles, clock, discovery.
@NullMarked
package dev.aerie.ptz.onvif;

import org.jspecify.annotations.NullMarked;
