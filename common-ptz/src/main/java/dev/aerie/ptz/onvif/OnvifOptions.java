package dev.aerie.ptz.onvif;

import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.settings.cameras.FieldOfView;
import java.util.Optional;

/// What an ONVIF camera does not say of itself.
///
/// - `profile`: token of the media profile; empty for the first one with a PTZ configuration
/// - `ranges`: what the generic spaces, -1..1 and 0..1, stand for; empty for what the camera says in degrees, or
///   [PtzRanges#DEFAULT]
/// - `maxSpeed`: of each axis at speed 1
/// - `fieldOfView`: with it, moves by angles go through the field-of-view space where the camera offers one
public record OnvifOptions(
        Optional<String> profile, Optional<PtzRanges> ranges, PtzVelocity maxSpeed, Optional<FieldOfView> fieldOfView) {

    /// Of a camera with these speeds of which nothing else is known.
    public static OnvifOptions of(PtzVelocity maxSpeed) {
        return new OnvifOptions(Optional.empty(), Optional.empty(), maxSpeed, Optional.empty());
    }
}
