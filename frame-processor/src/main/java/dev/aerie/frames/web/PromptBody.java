package dev.aerie.frames.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.messages.Box;
import dev.aerie.messages.Mask;
import dev.aerie.messages.Point;
import dev.aerie.service.web.ProblemException;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.track.Prompt.Click;
import dev.aerie.vision.tracker.PromptRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The body of `POST …/prompts`: one prompt, or several under `prompts`, or words to detect.
///
/// ```
/// {"frame_number": 1042, "object": 3, "label": "van",
///  "points": [{"x": 410, "y": 220, "positive": true}], "box": [380, 190, 80, 60], "mask": {"size": [h, w],
/// "counts": "…"}} {"frame_number": 1042, "prompts": [{…}, {…}]}
/// {"text": "red car. person."}
/// {"x": 410, "y": 220}
/// {"box": {"x_min": 380, "y_min": 190, "x_max": 460, "y_max": 250}}
/// ```
///
/// - `frameNumber`: empty for the newest frame
/// - `requests`: empty where `text` is present
record PromptBody(OptionalLong frameNumber, List<PromptRequest> requests, Optional<String> text) {

    static final int MAX_PROMPTS = 32;
    static final int MAX_POINTS = 64;
    static final int MAX_LABEL_CHARACTERS = 64;

    private static final long MAX_MASK_PIXELS = 1L << 25;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Throws [ProblemException] with the field that is missing or wrong.
    static PromptBody parse(@Nullable JsonNode body) {
        if (body == null || !body.isObject()) {
            throw ProblemException.unprocessable("body", "a JSON object with points, box, mask, text or prompts");
        }
        if (body.has("text")) {
            return new PromptBody(OptionalLong.empty(), List.of(), Optional.of(text(body, "text")));
        }
        OptionalLong frameNumber = wholeNumber(body, "frame_number");
        if (!body.has("prompts")) {
            return new PromptBody(frameNumber, List.of(request(body)), Optional.empty());
        }
        JsonNode prompts = body.get("prompts");
        if (!prompts.isArray() || prompts.isEmpty() || prompts.size() > MAX_PROMPTS) {
            throw ProblemException.unprocessable("prompts", "a list of 1 to " + MAX_PROMPTS + " prompts");
        }
        var requests = new ArrayList<PromptRequest>();
        prompts.forEach(prompt -> requests.add(request(prompt)));
        return new PromptBody(frameNumber, requests, Optional.empty());
    }

    /// The frame that a body refers to; empty for the newest, and where there is no body.
    static OptionalLong frameNumber(@Nullable JsonNode body) {
        return body == null ? OptionalLong.empty() : wholeNumber(body, "frame_number");
    }

    private static PromptRequest request(JsonNode prompt) {
        Optional<String> label = prompt.has("label") ? Optional.of(text(prompt, "label")) : Optional.empty();
        if (label.isPresent() && label.get().length() > MAX_LABEL_CHARACTERS) {
            throw ProblemException.unprocessable("label", "at most " + MAX_LABEL_CHARACTERS + " characters");
        }
        try {
            return new PromptRequest(wholeNumber(prompt, "object"), label, clicks(prompt), box(prompt), mask(prompt));
        } catch (IllegalArgumentException e) {
            throw ProblemException.unprocessable("prompts", "points, box, points with a box, or a mask alone");
        }
    }

    private static List<Click> clicks(JsonNode prompt) {
        JsonNode points = prompt.path("points");
        if (points.isMissingNode()) {
            return prompt.has("x") || prompt.has("y") ? List.of(click(prompt, "x")) : List.of();
        }
        if (!points.isArray() || points.isEmpty() || points.size() > MAX_POINTS) {
            throw ProblemException.unprocessable("points", "a list of 1 to " + MAX_POINTS + " points");
        }
        var clicks = new ArrayList<Click>();
        points.forEach(point -> clicks.add(click(point, "points")));
        return clicks;
    }

    /// - `field`: named in the problem
    private static Click click(JsonNode point, String field) {
        JsonNode x = point.path("x");
        JsonNode y = point.path("y");
        JsonNode positive = point.path("positive");
        if (!x.isNumber() || !y.isNumber() || !(positive.isMissingNode() || positive.isBoolean())) {
            throw ProblemException.unprocessable(field, "{\"x\": pixels, \"y\": pixels, \"positive\": true}");
        }
        return new Click(new Point(x.asDouble(), y.asDouble()), positive.asBoolean(true));
    }

    private static Optional<Box> box(JsonNode prompt) {
        JsonNode box = prompt.path("box");
        if (box.isMissingNode()) {
            return Optional.empty();
        }
        try {
            return Optional.of(box.isObject() ? boxOfEdges(box) : JSON.treeToValue(box, Box.class));
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw ProblemException.unprocessable(
                    "box",
                    "[left, top, width, height] in pixels, or {\"x_min\": …, \"y_min\": …, \"x_max\": …, \"y_max\": …}");
        }
    }

    private static Box boxOfEdges(JsonNode box) {
        double left = pixels(box, "x_min");
        double top = pixels(box, "y_min");
        return new Box(left, top, pixels(box, "x_max") - left, pixels(box, "y_max") - top);
    }

    private static double pixels(JsonNode box, String field) {
        if (!box.path(field).isNumber()) {
            throw new IllegalArgumentException(field + " is not a number");
        }
        return box.path(field).asDouble();
    }

    private static Optional<BinaryMask> mask(JsonNode prompt) {
        JsonNode mask = prompt.path("mask");
        if (mask.isMissingNode()) {
            return Optional.empty();
        }
        try {
            Mask asked = JSON.treeToValue(mask, Mask.class);
            if ((long) asked.heightPixels() * asked.widthPixels() > MAX_MASK_PIXELS) {
                throw ProblemException.unprocessable("mask", "at most " + MAX_MASK_PIXELS + " pixels");
            }
            return Optional.of(BinaryMask.of(asked));
        } catch (JsonProcessingException e) {
            throw ProblemException.unprocessable("mask", "{\"size\": [height, width], \"counts\": COCO run lengths}");
        }
    }

    private static OptionalLong wholeNumber(JsonNode node, String field) {
        JsonNode number = node.path(field);
        if (number.isMissingNode() || number.isNull()) {
            return OptionalLong.empty();
        }
        if (!number.isIntegralNumber() || number.asLong() < 0) {
            throw ProblemException.unprocessable(field, "a whole number >= 0");
        }
        return OptionalLong.of(number.asLong());
    }

    private static String text(JsonNode node, String field) {
        JsonNode text = node.get(field);
        if (!text.isTextual() || text.asText().isBlank()) {
            throw ProblemException.unprocessable(field, "text that is not empty");
        }
        return text.asText();
    }
}
