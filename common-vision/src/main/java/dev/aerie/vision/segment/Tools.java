package dev.aerie.vision.segment;

/// What all objects of a stream use in turn. Owns native memory.
final class Tools implements AutoCloseable {

    private static final int SMOOTHING_CELLS = 4;
    private static final double SMALLEST_VARIANCE = 1e-3;

    private final WindowFlow flow = new WindowFlow();
    private final GuidedFilter filter = new GuidedFilter(SMOOTHING_CELLS, SMALLEST_VARIANCE);

    WindowFlow flow() {
        return flow;
    }

    GuidedFilter filter() {
        return filter;
    }

    @Override
    public void close() {
        flow.close();
        filter.close();
    }
}
