package dev.aerie.vision.prompt;

import dev.aerie.messages.Point;
import dev.aerie.video.VideoFrame;
import java.util.ArrayList;
import java.util.List;

/// Proposes the points of a grid over the frame, a few per call, cyclically: no frame waits for a whole grid.
///
/// Neighbours are proposed far apart in time: the stride is coprime to the number of points.
final class GridPrompts implements PromptStrategy {

    static final String SOURCE = "auto_grid";

    private static final String LABEL = "object";
    private static final int SIDE = 12;
    private static final int POINTS = SIDE * SIDE;
    private static final int STRIDE = 55;
    private static final int POINTS_PER_CALL = 6;
    private static final double SCORE = 0.5;

    private int next;

    @Override
    public List<Candidate> propose(VideoFrame frame) {
        var points = new ArrayList<Candidate>(POINTS_PER_CALL);
        for (int i = 0; i < POINTS_PER_CALL; i++) {
            int cell = next * STRIDE % POINTS;
            int column = cell % SIDE;
            int row = cell / SIDE;
            double x = (column + 0.5) * frame.size().widthPixels() / SIDE;
            double y = (row + 0.5) * frame.size().heightPixels() / SIDE;
            points.add(new Candidate(new Candidate.Location.AtPoint(new Point(x, y)), LABEL, SCORE, SOURCE));
            next = (next + 1) % POINTS;
        }
        return points;
    }
}
