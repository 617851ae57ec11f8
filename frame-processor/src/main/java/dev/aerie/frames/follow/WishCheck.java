package dev.aerie.frames.follow;

import dev.aerie.frames.follow.WishRefusedException.Cause;
import dev.aerie.frames.targets.TargetBook;
import dev.aerie.messages.Box;
import dev.aerie.messages.Point;
import dev.aerie.video.PictureSize;
import dev.aerie.vision.track.Prompt.Click;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;

/// Refuses what cannot be fulfilled before anything is changed.
final class WishCheck {

    private final TargetBook book;
    private final int maxObjects;

    WishCheck(TargetBook book, int maxObjects) {
        this.book = book;
        this.maxObjects = maxObjects;
    }

    void check(List<Wish> wishes, PictureSize size) throws WishRefusedException {
        var named = new HashSet<Long>();
        int begun = 0;
        for (Wish wish : wishes) {
            checkObject(wish.object());
            checkPlaces(wish, size);
            begun += wish.object().isEmpty() ? 1 : 0;
            if (wish.object().isPresent() && !named.add(wish.object().getAsLong())) {
                throw unusable("object", "object " + wish.object().getAsLong() + " is named twice");
            }
            if (wish.object().isEmpty() && !wish.clicks().isEmpty() && noneIsPositive(wish)) {
                throw unusable("points", "a new object needs at least one positive point, or a box");
            }
        }
        if (book.size() + begun > maxObjects) {
            throw new WishRefusedException(
                    Cause.FULL,
                    "object",
                    book.size() + " of at most " + maxObjects + " objects are followed; remove one first");
        }
    }

    private static boolean noneIsPositive(Wish wish) {
        return wish.box().isEmpty() && wish.clicks().stream().noneMatch(Click::positive);
    }

    private void checkObject(OptionalLong object) throws WishRefusedException {
        if (object.isPresent() && !book.knows(object.getAsLong())) {
            throw new WishRefusedException(
                    Cause.UNKNOWN_OBJECT, "object", "no object " + object.getAsLong() + " is followed");
        }
    }

    private static void checkPlaces(Wish wish, PictureSize size) throws WishRefusedException {
        for (Click click : wish.clicks()) {
            Point place = click.place();
            if (!isInside(place.xPixels(), place.yPixels(), size)) {
                throw unusable("points", place + " lies outside the frame of " + size);
            }
        }
        if (wish.box().isPresent()) {
            checkBox(wish.box().get(), size);
        }
        if (wish.mask().isPresent() && !wish.mask().get().size().equals(size)) {
            throw unusable("mask", "the mask has size " + wish.mask().get().size() + ", the frame " + size);
        }
        if (wish.mask().isPresent() && wish.mask().get().isEmpty()) {
            throw unusable("mask", "the mask has no pixel");
        }
    }

    private static void checkBox(Box box, PictureSize size) throws WishRefusedException {
        boolean isInside = box.leftPixels() >= 0
                && box.topPixels() >= 0
                && box.rightPixels() <= size.widthPixels()
                && box.bottomPixels() <= size.heightPixels();
        if (!isInside || box.widthPixels() < 1 || box.heightPixels() < 1) {
            throw unusable("box", box + " must lie within the frame of " + size + ", sides at least 1 pixel");
        }
    }

    private static boolean isInside(double x, double y, PictureSize size) {
        return x >= 0 && y >= 0 && x < size.widthPixels() && y < size.heightPixels();
    }

    private static WishRefusedException unusable(String field, String message) {
        return new WishRefusedException(Cause.UNUSABLE, field, message);
    }
}
