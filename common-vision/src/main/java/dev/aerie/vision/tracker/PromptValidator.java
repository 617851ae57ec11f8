package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.track.Prompt.Click;
import dev.aerie.vision.tracker.PromptRejectedException.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/// Validates prompts before anything is changed.
final class PromptValidator {

    private final TrackSet tracks;
    private final LongPredicate hasBoxOnly;
    private final int maxObjects;

    /// - `hasBoxOnly`: whether an object without a mask has this identity
    /// - `maxObjects`: with masks
    PromptValidator(TrackSet tracks, LongPredicate hasBoxOnly, int maxObjects) {
        this.tracks = tracks;
        this.hasBoxOnly = hasBoxOnly;
        this.maxObjects = maxObjects;
    }

    void check(List<PromptRequest> requests, FrameSize size) throws PromptRejectedException {
        var named = new HashSet<Long>();
        int newObjects = 0;
        for (PromptRequest request : requests) {
            checkObject(request.object());
            checkPoints(request, size);
            boolean isNew = request.object().isEmpty()
                    || !tracks.contains(request.object().getAsLong());
            newObjects += isNew ? 1 : 0;
            if (request.object().isPresent() && !named.add(request.object().getAsLong())) {
                throw unusable("object", "object " + request.object().getAsLong() + " is named twice");
            }
            if (isNew && !request.clicks().isEmpty() && hasNoPositive(request)) {
                throw unusable("points", "a new object needs at least one positive point, or a box");
            }
        }
        if (tracks.size() + newObjects > maxObjects) {
            throw new PromptRejectedException(
                    Reason.FULL,
                    "object",
                    tracks.size() + " of at most " + maxObjects + " objects are tracked; remove one first");
        }
    }

    private static boolean hasNoPositive(PromptRequest request) {
        return request.box().isEmpty() && request.clicks().stream().noneMatch(Click::positive);
    }

    private void checkObject(OptionalLong object) throws PromptRejectedException {
        if (object.isPresent() && !tracks.contains(object.getAsLong()) && !hasBoxOnly.test(object.getAsLong())) {
            throw new PromptRejectedException(
                    Reason.UNKNOWN_OBJECT, "object", "no object " + object.getAsLong() + " is tracked");
        }
    }

    private static void checkPoints(PromptRequest request, FrameSize size) throws PromptRejectedException {
        for (Click click : request.clicks()) {
            Point point = click.point();
            if (!isInside(point.xPixels(), point.yPixels(), size)) {
                throw unusable("points", point + " lies outside the frame of " + size);
            }
        }
        if (request.box().isPresent()) {
            checkBox(request.box().get(), size);
        }
        if (request.mask().isPresent() && !request.mask().get().size().equals(size)) {
            throw unusable("mask", "the mask has size " + request.mask().get().size() + ", the frame " + size);
        }
        if (request.mask().isPresent() && request.mask().get().isEmpty()) {
            throw unusable("mask", "the mask has no pixel");
        }
    }

    private static void checkBox(Box box, FrameSize size) throws PromptRejectedException {
        boolean isInside = box.leftPixels() >= 0
                && box.topPixels() >= 0
                && box.rightPixels() <= size.widthPixels()
                && box.bottomPixels() <= size.heightPixels();
        if (!isInside || box.widthPixels() < 1 || box.heightPixels() < 1) {
            throw unusable("box", box + " must lie within the frame of " + size + ", sides at least 1 pixel");
        }
    }

    private static boolean isInside(double x, double y, FrameSize size) {
        return x >= 0 && y >= 0 && x < size.widthPixels() && y < size.heightPixels();
    }

    private static PromptRejectedException unusable(String field, String message) {
        return new PromptRejectedException(Reason.UNUSABLE, field, message);
    }
}
