package dev.aerie.ptz.aim;

import dev.aerie.messages.Box;
import java.util.Collection;

/// The smallest box round several.
public final class SuperBox {

    private SuperBox() {}

    /// From the least left and top to the greatest right and bottom; throws [IllegalArgumentException] for no boxes.
    public static Box of(Collection<Box> boxes) {
        if (boxes.isEmpty()) {
            throw new IllegalArgumentException("a box round no boxes");
        }
        double left = boxes.stream().mapToDouble(Box::leftPixels).min().orElseThrow();
        double top = boxes.stream().mapToDouble(Box::topPixels).min().orElseThrow();
        double right = boxes.stream().mapToDouble(Box::rightPixels).max().orElseThrow();
        double bottom = boxes.stream().mapToDouble(Box::bottomPixels).max().orElseThrow();
        return new Box(left, top, right - left, bottom - top);
    }

    /// Larger by a share of its own width and height on each side.
    static Box withMargin(Box box, double share) {
        double width = box.widthPixels();
        double height = box.heightPixels();
        return new Box(
                box.leftPixels() - share * width,
                box.topPixels() - share * height,
                width * (1 + 2 * share),
                height * (1 + 2 * share));
    }
}
