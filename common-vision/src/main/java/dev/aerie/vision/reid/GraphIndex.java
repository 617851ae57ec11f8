package dev.aerie.vision.reid;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// A graph of near neighbours in which a search walks towards the query: JVector's, in memory.
///
/// What is taken out is passed over; once that is more than half, the graph is built anew from the rest.
final class GraphIndex implements EmbeddingIndex {

    private static final VectorTypeSupport VECTORS =
            VectorizationProvider.getInstance().getVectorTypeSupport();
    private static final VectorSimilarityFunction COSINE = VectorSimilarityFunction.COSINE;
    private static final int NEIGHBOURS = 16;
    private static final int BEAM = 100;
    private static final float OVERFLOW = 1.2f;
    private static final float DIVERSITY = 1.2f;
    private static final int MIN_NODES_TO_REBUILD = 256;

    private final int dimensions;
    private Nodes nodes;
    private int nextSlot;

    GraphIndex(int dimensions) {
        this.dimensions = dimensions;
        this.nodes = new Nodes(dimensions);
    }

    /// One graph, with the slot of each node and the nodes that are still there.
    private static final class Nodes {

        private final List<VectorFloat<?>> vectors = new ArrayList<>();
        private final List<Integer> slots = new ArrayList<>();
        private final BitSet present = new BitSet();
        private final ListRandomAccessVectorValues values;
        private final GraphIndexBuilder builder;

        Nodes(int dimensions) {
            values = new ListRandomAccessVectorValues(vectors, dimensions);
            builder = GraphIndexBuilder.builder(values, COSINE, NEIGHBOURS)
                    .withBeamWidth(BEAM)
                    .withNeighborOverflow(OVERFLOW)
                    .withAlpha(DIVERSITY)
                    .build();
        }

        void add(int slot, VectorFloat<?> vector) {
            int node = vectors.size();
            vectors.add(vector);
            slots.add(slot);
            present.set(node);
            builder.addGraphNode(node, vector);
        }
    }

    @Override
    public int add(Embedding embedding) {
        nodes.add(nextSlot, VECTORS.createFloatVector(embedding.toArray()));
        return nextSlot++;
    }

    @Override
    public void remove(int slot) {
        int node = nodes.slots.indexOf(slot);
        if (node >= 0) {
            nodes.present.clear(node);
        }
        int count = nodes.slots.size();
        if (count >= MIN_NODES_TO_REBUILD && 2 * nodes.present.cardinality() < count) {
            rebuild();
        }
    }

    private void rebuild() {
        var rest = new Nodes(dimensions);
        nodes.present.stream().forEach(node -> rest.add(nodes.slots.get(node), nodes.vectors.get(node)));
        nodes = rest;
    }

    @Override
    public List<Integer> nearest(Embedding query, int count) {
        if (nodes.present.isEmpty()) {
            return List.of();
        }
        var score = DefaultSearchScoreProvider.exact(VECTORS.createFloatVector(query.toArray()), COSINE, nodes.values);
        var current = nodes;
        try (var searcher = new GraphSearcher(current.builder.getGraph())) {
            var found = searcher.search(score, count, Math.max(BEAM, count), 0, 0, current.present::get);
            return Arrays.stream(found.getNodes())
                    .map(node -> current.slots.get(node.node))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("a graph in memory has no file to fail with", e);
        }
    }
}
