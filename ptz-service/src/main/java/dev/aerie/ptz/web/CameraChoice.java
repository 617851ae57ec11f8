package dev.aerie.ptz.web;

import dev.aerie.messages.InvalidFieldException;
import dev.aerie.ptz.follow.Steering;
import dev.aerie.ptz.follow.Steerings;
import dev.aerie.service.web.ProblemException;
import java.util.List;
import java.util.stream.Collectors;

/// Finds the camera that a request is about.
record CameraChoice(Steerings cameras) {

    private static final String CAMERA = "camera";
    private static final int MAX_NAME = 63;

    List<Steering> all() {
        return cameras.all();
    }

    /// Throws [ProblemException], 404, for one that is not there.
    Steering named(String name) {
        return cameras.find(name)
                .orElseThrow(() -> ProblemException.notFound("there is no camera '" + name + "'; there"
                        + (cameras.all().isEmpty() ? " is none: PTZ_CONFIG names none" : " are: " + names())));
    }

    /// The one whose video a stream is; throws [ProblemException], 404, where there is none.
    Steering ofStream(String stream) {
        return cameras.ofStream(stream)
                .orElseThrow(() -> ProblemException.notFound("no camera that is steered has the stream " + stream));
    }

    /// The one that a body names; the only one where it names none.
    Steering of(Fields body) {
        if (body.has(CAMERA)) {
            return named(body.text(CAMERA, MAX_NAME));
        }
        if (cameras.all().size() != 1) {
            throw new InvalidFieldException(CAMERA, cameras.all().isEmpty() ? "of PTZ_CONFIG" : "one of " + names());
        }
        return cameras.all().getFirst();
    }

    private String names() {
        return cameras.all().stream().map(one -> one.camera().name()).collect(Collectors.joining(", "));
    }
}
