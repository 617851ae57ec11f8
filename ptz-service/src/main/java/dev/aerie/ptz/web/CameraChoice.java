package dev.aerie.ptz.web;

import dev.aerie.messages.InvalidFieldException;
import dev.aerie.ptz.fleet.SteeredCamera;
import dev.aerie.ptz.fleet.SteeredCameras;
import dev.aerie.service.web.ProblemException;
import java.util.List;
import java.util.stream.Collectors;

/// Finds the camera that a request is about.
record CameraChoice(SteeredCameras cameras) {

    private static final String CAMERA = "camera";
    private static final int MAX_NAME = 63;

    List<SteeredCamera> all() {
        return cameras.all();
    }

    /// Throws [ProblemException], 404, for one that is not there.
    SteeredCamera named(String name) {
        return cameras.find(name)
                .orElseThrow(() -> ProblemException.notFound("there is no camera '" + name + "'; there"
                        + (cameras.all().isEmpty() ? " is none: PTZ_CONFIG names none" : " are: " + names())));
    }

    /// The one that a body names; the only one where it names none.
    SteeredCamera of(Fields body) {
        if (body.has(CAMERA)) {
            return named(body.text(CAMERA, MAX_NAME));
        }
        if (cameras.all().size() != 1) {
            throw new InvalidFieldException(CAMERA, cameras.all().isEmpty() ? "of PTZ_CONFIG" : "one of " + names());
        }
        return cameras.all().getFirst();
    }

    private String names() {
        return cameras.all().stream().map(SteeredCamera::name).collect(Collectors.joining(", "));
    }
}
