package dev.aerie.simulator.truth;

import dev.aerie.messages.Box;
import dev.aerie.simulator.render.Visibility;
import dev.aerie.simulator.world.Body;
import java.util.List;

/// An object visible in one frame.
///
/// - `id`, `label`: its pixels' value in the mask, and its class by COCO's name
/// - `box`: just round its visible pixels
/// - `visiblePixels`: how many, at least 1
public record VisibleObject(int id, String label, Box box, int visiblePixels) {

    /// Every object of which at least one pixel is visible, in the order of `bodies`.
    public static List<VisibleObject> in(Visibility visibility, List<Body> bodies) {
        var extents = new Extents();
        visibility.forEachObjectRun(extents::add);
        return bodies.stream()
                .filter(body -> extents.pixels[body.id()] > 0)
                .map(body ->
                        new VisibleObject(body.id(), body.label(), extents.boxOf(body.id()), extents.pixels[body.id()]))
                .toList();
    }

    /// First and last column and row of each id so far.
    private static final class Extents {

        private static final int IDS = 256;

        private final int[] left = new int[IDS];
        private final int[] top = new int[IDS];
        private final int[] right = new int[IDS];
        private final int[] bottom = new int[IDS];
        private final int[] pixels = new int[IDS];

        void add(int id, int row, int from, int to) {
            boolean isFirst = pixels[id] == 0;
            pixels[id] += to - from;
            left[id] = isFirst ? from : Math.min(left[id], from);
            right[id] = isFirst ? to - 1 : Math.max(right[id], to - 1);
            top[id] = isFirst ? row : top[id];
            bottom[id] = row;
        }

        Box boxOf(int id) {
            return new Box(left[id], top[id], right[id] - left[id] + 1, bottom[id] - top[id] + 1);
        }
    }
}
