package dev.aerie.vision.sam2;

import com.fasterxml.jackson.databind.JsonNode;
import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Lets a tracker live through what a golden's reference lived through.
record Replay(Golden golden, GoldenScene scene, MaskTracker tracker) {

    private static final int TOP_LEFT = 2;

    Replay(Golden golden, MaskTracker tracker) {
        this(golden, new GoldenScene(golden.frameSize()), tracker);
    }

    /// The masks of one frame in the order of the golden's results: all that are followed, then all that are
    /// prompted.
    List<ObjectMask> step(int time) throws ModelException {
        JsonNode event = golden.event(time);
        event.path("remove").forEach(object -> tracker.remove(object.asLong()));
        HeapFrame frame = scene.frame(time, event.path("dark").asBoolean());
        var masks = new ArrayList<>(tracker.process(frame));
        for (String round : List.of("prompts", "more")) {
            var prompts = new ArrayList<Prompt>();
            for (Map.Entry<String, JsonNode> prompt : event.path(round).properties()) {
                prompts.add(prompt(Long.parseLong(prompt.getKey()), prompt.getValue(), time));
            }
            if (!prompts.isEmpty()) {
                masks.addAll(tracker.prompt(frame, prompts));
            }
        }
        return masks;
    }

    private Prompt prompt(long object, JsonNode prompt, int time) {
        if (prompt.has("mask")) {
            return new Prompt.MaskPrompt(
                    object, scene.mask(time, prompt.path("mask").asInt()));
        }
        var places = new ArrayList<Point>();
        prompt.path("points")
                .forEach(at ->
                        places.add(new Point(at.path(0).asDouble(), at.path(1).asDouble())));
        JsonNode labels = prompt.path("labels");
        if (labels.path(0).asInt() == TOP_LEFT) {
            return new Prompt.BoxPrompt(object, box(places.getFirst(), places.getLast()));
        }
        var clicks = new ArrayList<Prompt.Click>();
        for (int i = 0; i < places.size(); i++) {
            clicks.add(new Prompt.Click(places.get(i), labels.path(i).asInt() == 1));
        }
        return new Prompt.PointPrompt(object, clicks);
    }

    private static Box box(Point first, Point last) {
        return new Box(
                first.xPixels(), first.yPixels(), last.xPixels() - first.xPixels(), last.yPixels() - first.yPixels());
    }
}
