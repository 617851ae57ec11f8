package dev.aerie.vision.segment;

import dev.aerie.vision.colour.ColourBins;
import dev.aerie.vision.colour.HistogramBlur;

/// Local colour model of object and background in the previous frame: a bilateral grid of position and colour.
///
/// The warped previous frame and its mask are accumulated in cells of a few pixels and colours and smoothed along all
/// five dimensions; each cell gives the likelihood ratio of the object. Source of the idea: Märki et
/// al., "Bilateral Space Video Segmentation", 2016.
final class LocalColours {

    private static final ColourBins BINS = new ColourBins(10, 8);
    /// Prior count of either class in a cell, as a fraction of the cell's pixels.
    private static final float PRIOR_FRACTION = 0.06f;
    private static final float DEFAULT_CELL = 256;

    private final int cellSide;
    private final float limit;

    /// - `cellSide`: side of a cell of the grid, in pixels of the window's grid
    /// - `limit`: largest evidence, in nats
    LocalColours(int cellSide, float limit) {
        this.cellSide = cellSide;
        this.limit = limit;
    }

    static ColourBins bins() {
        return BINS;
    }

    /// Log-likelihood ratio of each pixel, object over background, in nats.
    ///
    /// - `before`: bins of the warped previous frame; `mask`: its warped mask, 0..1
    /// - `now`: bins of the frame now
    Plane evidence(int[] before, Plane mask, int[] now) {
        int columns = mask.columns() / cellSide + 2;
        int rows = mask.rows() / cellSide + 2;
        int[] cells = cells(mask.columns(), mask.rows(), columns);
        var inside = new float[rows * columns * BINS.count()];
        var outside = new float[inside.length];
        for (int i = 0; i < before.length; i++) {
            int cell = cells[i] + before[i];
            inside[cell] += mask.values()[i];
            outside[cell] += 1 - mask.values()[i];
        }
        inside = HistogramBlur.along(inside, rows, columns, BINS.lightness(), BINS.colour(), BINS.colour());
        outside = HistogramBlur.along(outside, rows, columns, BINS.lightness(), BINS.colour(), BINS.colour());
        float prior = PRIOR_FRACTION * cellSide * cellSide / DEFAULT_CELL;
        var evidence = Plane.zero(mask.columns(), mask.rows());
        for (int i = 0; i < now.length; i++) {
            int cell = cells[i] + now[i];
            double ratio = (inside[cell] + prior) / (outside[cell] + prior);
            evidence.values()[i] = Math.clamp((float) Math.log(ratio), -limit, limit);
        }
        return evidence;
    }

    /// First bin of the cell that each pixel lies in.
    private int[] cells(int width, int height, int columns) {
        var cells = new int[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int cell = (y + cellSide / 2) / cellSide * columns + (x + cellSide / 2) / cellSide;
                cells[y * width + x] = cell * BINS.count();
            }
        }
        return cells;
    }
}
