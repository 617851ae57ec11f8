package dev.aerie.cli.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.messages.Box;
import dev.aerie.messages.PtzEvent;
import dev.aerie.simulator.ptz.PtzTruth;
import dev.aerie.simulator.truth.VisibleBody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// Judges a demo's PTZ cameras by the simulator's truth. A target is held in a frame where the person who was nearest
/// to
/// the middle [#SETTLE_NANOS] after it was chosen stands in the middle half of the frame, both ways; the frames counted
/// are those from then on until the target was lost, handed on, or another was chosen. Any thread.
final class PtzJudge {

    private static final long SETTLE_NANOS = 2_000_000_000L;

    /// Of the frame's width and height, from the middle to each side.
    private static final double HELD_SHARE = 0.25;

    @GuardedBy("this")
    private final List<Mark> marks = new ArrayList<>();

    @GuardedBy("this")
    private long handoffs;

    private record Mark(String camera, long atNanos, boolean isChosen) {}

    private record Held(long frames, long held) {}

    synchronized void event(PtzEvent event) {
        long at = Optional.ofNullable(event.envelope().captureTimeNanos())
                .orElseGet(() -> event.envelope().madeAt().toEpochMilli() * 1_000_000L);
        switch (event.event()) {
            case TARGET_CHOSEN -> marks.add(new Mark(event.camera(), at, true));
            case TARGET_LOST, SEARCHING, OPERATOR_TOOK_OVER -> marks.add(new Mark(event.camera(), at, false));
            case HANDOFF_CONFIRMED -> {
                handoffs++;
                marks.add(new Mark(event.camera(), at, false));
            }
            case MOVE_COMMANDED,
                    STOPPED,
                    MODE_CHANGED,
                    PRESET_REACHED,
                    PRESET_SAVED,
                    OPERATOR_RELEASED,
                    CAMERA_UNREACHABLE,
                    CAMERA_RECOVERED,
                    HANDOFF,
                    HANDOFF_OFFERED,
                    HANDOFF_FAILED -> {}
        }
    }

    /// - `truth`: a file of [PtzTruth] lines; throws [IOException] if it cannot be read
    synchronized PtzReport judge(Path truth) throws IOException {
        var frames = read(truth);
        long commands = frames.values().stream()
                .filter(camera -> !camera.isEmpty())
                .mapToLong(camera -> camera.lastEntry().getValue().moves())
                .sum();
        long held = 0;
        long counted = 0;
        for (var camera : frames.entrySet()) {
            var score = held(camera.getKey(), camera.getValue());
            held += score.held;
            counted += score.frames;
        }
        long targets = marks.stream().filter(Mark::isChosen).count();
        return PtzReport.of(targets, counted, held, handoffs, commands);
    }

    @GuardedBy("this")
    private Held held(String camera, NavigableMap<Long, PtzTruth> frames) {
        var own = marks.stream()
                .filter(mark -> mark.camera.equals(camera))
                .sorted(Comparator.comparingLong(Mark::atNanos))
                .toList();
        long counted = 0;
        long held = 0;
        for (int i = 0; i < own.size(); i++) {
            if (!own.get(i).isChosen) {
                continue;
            }
            long from = own.get(i).atNanos + SETTLE_NANOS;
            long until = i + 1 < own.size() ? own.get(i + 1).atNanos : Long.MAX_VALUE;
            if (from < until) {
                var span = frames.subMap(from, until);
                counted += span.size();
                held += held(List.copyOf(span.values()));
            }
        }
        return new Held(counted, held);
    }

    private static long held(List<PtzTruth> span) {
        var target = span.isEmpty() ? Optional.<VisibleBody>empty() : nearestToTheMiddle(span.getFirst());
        return target.map(body -> span.stream()
                        .filter(frame -> frame.frame().bodies().stream()
                                .anyMatch(seen -> seen.id() == body.id() && isHeld(seen.box(), frame)))
                        .count())
                .orElse(0L);
    }

    private static Optional<VisibleBody> nearestToTheMiddle(PtzTruth frame) {
        return frame.frame().bodies().stream()
                .min(Comparator.comparingDouble(
                        body -> Math.hypot(across(body.box(), frame), along(body.box(), frame))));
    }

    private static boolean isHeld(Box box, PtzTruth frame) {
        return Math.abs(across(box, frame)) <= HELD_SHARE && Math.abs(along(box, frame)) <= HELD_SHARE;
    }

    /// From the middle of the frame, as a share of its width.
    private static double across(Box box, PtzTruth frame) {
        return (box.leftPixels() + box.widthPixels() / 2) / frame.frame().width() - 0.5;
    }

    private static double along(Box box, PtzTruth frame) {
        return (box.topPixels() + box.heightPixels() / 2) / frame.frame().height() - 0.5;
    }

    private static Map<String, NavigableMap<Long, PtzTruth>> read(Path file) throws IOException {
        var cameras = new HashMap<String, NavigableMap<Long, PtzTruth>>();
        if (!Files.exists(file)) {
            return cameras;
        }
        try (var lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                var truth = PtzTruth.parse(line);
                cameras.computeIfAbsent(truth.stream(), _ -> new TreeMap<>())
                        .put(truth.frame().captureTimeNanos(), truth);
            }
        }
        return cameras;
    }
}
