package dev.aerie.frames.tracker;

import dev.aerie.frames.tracker.PromptRejectedException.Cause;
import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.track.Prompt.Click;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;

/// Refuses what cannot be fulfilled before anything is changed.
final class PromptValidator {

    private final TrackSet set;
    private final int maxObjects;

    PromptValidator(TrackSet set, int maxObjects) {
        this.set = set;
        this.maxObjects = maxObjects;
    }

    void check(List<PromptRequest> wishes, FrameSize size) throws PromptRejectedException {
        var named = new HashSet<Long>();
        int begun = 0;
        for (PromptRequest promptRequest : wishes) {
            checkObject(promptRequest.object());
            checkPlaces(promptRequest, size);
            begun += promptRequest.object().isEmpty() ? 1 : 0;
            if (promptRequest.object().isPresent()
                    && !named.add(promptRequest.object().getAsLong())) {
                throw unusable("object", "object " + promptRequest.object().getAsLong() + " is named twice");
            }
            if (promptRequest.object().isEmpty()
                    && !promptRequest.clicks().isEmpty()
                    && noneIsPositive(promptRequest)) {
                throw unusable("points", "a new object needs at least one positive point, or a box");
            }
        }
        if (set.size() + begun > maxObjects) {
            throw new PromptRejectedException(
                    Cause.FULL,
                    "object",
                    set.size() + " of at most " + maxObjects + " objects are followed; remove one first");
        }
    }

    private static boolean noneIsPositive(PromptRequest promptRequest) {
        return promptRequest.box().isEmpty() && promptRequest.clicks().stream().noneMatch(Click::positive);
    }

    private void checkObject(OptionalLong object) throws PromptRejectedException {
        if (object.isPresent() && !set.knows(object.getAsLong())) {
            throw new PromptRejectedException(
                    Cause.UNKNOWN_OBJECT, "object", "no object " + object.getAsLong() + " is followed");
        }
    }

    private static void checkPlaces(PromptRequest promptRequest, FrameSize size) throws PromptRejectedException {
        for (Click click : promptRequest.clicks()) {
            Point place = click.place();
            if (!isInside(place.xPixels(), place.yPixels(), size)) {
                throw unusable("points", place + " lies outside the frame of " + size);
            }
        }
        if (promptRequest.box().isPresent()) {
            checkBox(promptRequest.box().get(), size);
        }
        if (promptRequest.mask().isPresent()
                && !promptRequest.mask().get().size().equals(size)) {
            throw unusable(
                    "mask", "the mask has size " + promptRequest.mask().get().size() + ", the frame " + size);
        }
        if (promptRequest.mask().isPresent() && promptRequest.mask().get().isEmpty()) {
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
        return new PromptRejectedException(Cause.UNUSABLE, field, message);
    }
}
