package dev.aerie.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.aerie.host.ServiceApi;
import dev.aerie.messages.Box;
import dev.aerie.simulator.ptz.PtzTruth;
import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/// Somebody at the page of ptz-service who clicks on a person whenever a camera follows nobody: on the one who stands
/// nearest to the middle of the newest frame, by the simulator's truth. Not thread-safe.
final class PtzOperator {

    /// More than the longest line of truth.
    private static final int TAIL_BYTES = 64 * 1024;

    private static final String PERSON = "person";

    private final ServiceApi service;
    private final String camera;
    private final Path truth;

    /// - `truth`: a file of [PtzTruth] lines of this one camera, which grows
    PtzOperator(ServiceApi service, String camera, Path truth) {
        this.service = service;
        this.camera = camera;
        this.truth = truth;
    }

    /// Looks once, and clicks if need be. True for a click; throws [IOException] if the service does not answer.
    boolean look() throws IOException {
        JsonNode target = service.json("/ptz/" + camera + "/status").path("target");
        if (target.path("object_id").isNumber() && !target.path("lost").asBoolean()) {
            return false;
        }
        Optional<PtzTruth> newest = newest();
        Optional<VisibleBody> person = newest.flatMap(shown -> nearestToTheMiddle(shown.frame()));
        if (person.isEmpty()) {
            return false;
        }
        FrameTruth frame = newest.get().frame();
        service.post(
                "/ptz/" + camera + "/target",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("x", acrossPixels(person.get().box()) / frame.width())
                        .put("y", downPixels(person.get().box()) / frame.height())
                        .put("operator", "bench"));
        return true;
    }

    private static Optional<VisibleBody> nearestToTheMiddle(FrameTruth frame) {
        var size = new FrameSize(frame.width(), frame.height());
        double x = frame.width() / 2.0;
        double y = frame.height() / 2.0;
        return frame.bodies().stream()
                .filter(body -> body.label().equals(PERSON) && body.isToBeFound(size))
                .min(Comparator.comparingDouble(
                        body -> Math.hypot(acrossPixels(body.box()) - x, downPixels(body.box()) - y)));
    }

    private static double acrossPixels(Box box) {
        return box.leftPixels() + box.widthPixels() / 2;
    }

    private static double downPixels(Box box) {
        return box.topPixels() + box.heightPixels() / 2;
    }

    /// The last whole line; the one being written is left for the next look.
    private Optional<PtzTruth> newest() throws IOException {
        if (!Files.exists(truth)) {
            return Optional.empty();
        }
        try (var file = new RandomAccessFile(truth.toFile(), "r")) {
            byte[] tail = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - tail.length);
            file.readFully(tail);
            String text = new String(tail, StandardCharsets.UTF_8);
            int end = text.lastIndexOf('\n');
            return end < 0
                    ? Optional.empty()
                    : Optional.of(PtzTruth.parse(text.substring(text.lastIndexOf('\n', end - 1) + 1, end)));
        }
    }
}
