package dev.aerie.vision.moving;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.MotionDetector;
import dev.aerie.vision.mask.MaskLogits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Detections of regions, by the evidence for each cell: motion and colour together. A region is the cells within its
/// reach whose evidence is above 0, less specks beside it; one whose cells are unsure on average is none.
final class RegionMasks {

    private static final double MIN_SCORE = 0.75;
    /// Of a region's largest piece, below which another piece is a speck.
    private static final double MIN_PIECE = 0.3;
    /// Logit of a cell of another region: that one's edge must not draw this one's.
    private static final float OUTSIDE = -0.5f;

    private final int minCells;

    RegionMasks(int minCells) {
        this.minCells = minCells;
    }

    /// Boxes in pixels of a frame of `size`, masks, and scores: mean probability of the cells; best first.
    ///
    /// - `evidence`: of each cell, logits
    /// - `reach`: region of each cell, 0 for none, [RegionReach]
    List<Detection> of(float[] evidence, int[] reach, FrameSize size) {
        Map<Integer, List<Piece>> ofRegion = new Pieces(evidence, reach)
                .find().stream()
                        .collect(Collectors.groupingBy(piece -> piece.region, TreeMap::new, Collectors.toList()));
        return ofRegion.values().stream()
                .flatMap(pieces -> detection(pieces, evidence, size).stream())
                .sorted(Comparator.comparingDouble(Detection::score).reversed())
                .toList();
    }

    private Optional<Detection> detection(List<Piece> ofRegion, float[] evidence, FrameSize size) {
        int largest =
                ofRegion.stream().mapToInt(piece -> piece.cells.length).max().orElse(0);
        int[] cells = ofRegion.stream()
                .filter(piece -> piece.cells.length >= MIN_PIECE * largest)
                .flatMapToInt(piece -> Arrays.stream(piece.cells))
                .toArray();
        double score = probability(meanOf(evidence, cells));
        if (cells.length < minCells || score < MIN_SCORE) {
            return Optional.empty();
        }
        return Optional.of(
                new Detection(box(cells, size), MotionDetector.LABEL, score, Optional.of(mask(cells, evidence))));
    }

    private static MaskLogits mask(int[] cells, float[] evidence) {
        var logits = new float[CellGrid.CELLS];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = evidence[i] > 0 ? OUTSIDE : evidence[i];
        }
        for (int cell : cells) {
            logits[cell] = evidence[cell];
        }
        return new MaskLogits(CellGrid.WIDTH, CellGrid.HEIGHT, logits);
    }

    private static Box box(int[] cells, FrameSize size) {
        int left = CellGrid.WIDTH;
        int right = 0;
        for (int cell : cells) {
            left = Math.min(left, cell % CellGrid.WIDTH);
            right = Math.max(right, cell % CellGrid.WIDTH);
        }
        int top = Arrays.stream(cells).min().orElseThrow() / CellGrid.WIDTH;
        int bottom = Arrays.stream(cells).max().orElseThrow() / CellGrid.WIDTH;
        double across = (double) size.widthPixels() / CellGrid.WIDTH;
        double down = (double) size.heightPixels() / CellGrid.HEIGHT;
        return new Box(left * across, top * down, (right - left + 1) * across, (bottom - top + 1) * down);
    }

    private static double meanOf(float[] evidence, int[] cells) {
        double sum = 0;
        for (int cell : cells) {
            sum += evidence[cell];
        }
        return sum / Math.max(1, cells.length);
    }

    private static double probability(double logit) {
        return 1 / (1 + Math.exp(-logit));
    }

    /// Connected cells of one region.
    private static final class Piece {

        private final int region;
        private final int[] cells;

        Piece(int region, int[] cells) {
            this.region = region;
            this.cells = cells;
        }
    }

    /// Finds the pieces by filling each from its first cell.
    private static final class Pieces {

        private final float[] evidence;
        private final int[] reach;
        private final boolean[] isTaken = new boolean[CellGrid.CELLS];
        private final int[] queue = new int[CellGrid.CELLS];

        Pieces(float[] evidence, int[] reach) {
            this.evidence = evidence;
            this.reach = reach;
        }

        List<Piece> find() {
            var pieces = new ArrayList<Piece>();
            for (int i = 0; i < CellGrid.CELLS; i++) {
                if (isOpen(i, reach[i])) {
                    pieces.add(fill(i));
                }
            }
            return pieces;
        }

        private boolean isOpen(int cell, int region) {
            return region != 0 && reach[cell] == region && evidence[cell] > 0 && !isTaken[cell];
        }

        private Piece fill(int first) {
            int region = reach[first];
            int end = take(first, 0);
            for (int at = 0; at < end; at++) {
                int column = queue[at] % CellGrid.WIDTH;
                int row = Math.floorDiv(queue[at], CellGrid.WIDTH);
                for (int y = Math.max(0, row - 1); y <= Math.min(CellGrid.HEIGHT - 1, row + 1); y++) {
                    for (int x = Math.max(0, column - 1); x <= Math.min(CellGrid.WIDTH - 1, column + 1); x++) {
                        int cell = y * CellGrid.WIDTH + x;
                        end = isOpen(cell, region) ? take(cell, end) : end;
                    }
                }
            }
            return new Piece(region, Arrays.copyOf(queue, end));
        }

        private int take(int cell, int end) {
            isTaken[cell] = true;
            queue[end] = cell;
            return end + 1;
        }
    }
}
