package dev.aerie.ingest.alert;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.aerie.messages.InvalidFieldException;
import java.util.List;

/// A part of the frame: a polygon of 3 to 32 corners, each `[x, y]` as shares of the frame's width and height, 0..1,
/// from the top left. Edges may cross: what is inside follows the even-odd rule.
public final class AlertZone {

    private static final int MAX_CORNERS = 32;
    private static final String EXPECTED = "3.." + MAX_CORNERS + " corners, [x, y] each, of 0..1";

    private final List<List<Double>> corners;

    /// Throws [InvalidFieldException] for anything else than corners.
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AlertZone(List<List<Double>> corners) {
        if (corners.size() < 3
                || corners.size() > MAX_CORNERS
                || !corners.stream().allMatch(AlertZone::isCorner)) {
            throw new InvalidFieldException("zone", EXPECTED);
        }
        this.corners = corners.stream().map(List::copyOf).toList();
    }

    @JsonValue
    public List<List<Double>> corners() {
        return corners;
    }

    /// Whether a point is inside, given as shares of the frame's width and height.
    boolean contains(double x, double y) {
        boolean isInside = false;
        var from = corners.getLast();
        for (var to : corners) {
            boolean crosses = (from.get(1) > y) != (to.get(1) > y);
            if (crosses && x < crossingAt(from, to, y)) {
                isInside = !isInside;
            }
            from = to;
        }
        return isInside;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AlertZone zone && corners.equals(zone.corners);
    }

    @Override
    public int hashCode() {
        return corners.hashCode();
    }

    @Override
    public String toString() {
        return corners.toString();
    }

    /// Where the edge is at the height `y`.
    private static double crossingAt(List<Double> from, List<Double> to, double y) {
        return from.get(0) + (y - from.get(1)) / (to.get(1) - from.get(1)) * (to.get(0) - from.get(0));
    }

    private static boolean isCorner(List<Double> corner) {
        return corner != null
                && corner.size() == 2
                && corner.stream().allMatch(share -> share != null && share >= 0 && share <= 1);
    }
}
