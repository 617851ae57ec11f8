package dev.aerie.ptz.device.onvif;

import dev.aerie.settings.cameras.FieldOfView;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Which kind of ONVIF camera a server is.
///
/// - `name`: of the camera
/// - `video`: where its stream is
/// - `logins`: how it lets clients in
/// - `degrees`: whether it offers positions, translations and velocities in degrees beside the generic spaces
/// - `fieldOfView`: of its lens; with it, the camera offers moves by shares of the frame
/// - `media`: which media services it has
public record OnvifFeatures(
        String name,
        URI video,
        Set<Login> logins,
        boolean degrees,
        Optional<FieldOfView> fieldOfView,
        Set<Media> media) {

    public OnvifFeatures {
        logins = Set.copyOf(logins);
        media = Set.copyOf(media);
    }

    /// A way to prove credentials.
    public enum Login {
        HTTP_DIGEST,
        USERNAME_TOKEN
    }

    /// A media service: of Profile S or of Profile T.
    public enum Media {
        VERSION_1,
        VERSION_2
    }

    /// A camera with the generic spaces alone, which takes every login and has both media services.
    public static OnvifFeatures of(String name, URI video) {
        return new OnvifFeatures(name, video, Set.of(Login.values()), false, Optional.empty(), Set.of(Media.values()));
    }

    public OnvifFeatures withLogins(Login... others) {
        return new OnvifFeatures(name, video, Set.of(others), degrees, fieldOfView, media);
    }

    public OnvifFeatures withDegrees() {
        return new OnvifFeatures(name, video, logins, true, fieldOfView, media);
    }

    public OnvifFeatures withFieldOfView(FieldOfView lens) {
        return new OnvifFeatures(name, video, logins, degrees, Optional.of(lens), media);
    }

    public OnvifFeatures withMedia(Media... others) {
        return new OnvifFeatures(name, video, logins, degrees, fieldOfView, Set.of(others));
    }
}
