package dev.aerie.slam.place;

import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.tuning.PlaceConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A binary tree over the bits of descriptors; see [PlaceIndex].
final class SearchTree {

    private final PlaceConfig config;
    private final Node root;

    SearchTree(PlaceConfig config) {
        this.config = config;
        root = new Node(config.leafDescriptors());
    }

    /// A descriptor, and whose it is.
    record Entry(Descriptor descriptor, Keyframe keyframe) {}

    /// A leaf until it splits.
    private static final class Node {
        private List<Entry> entries = new ArrayList<>();
        private int splitAt;
        private int bit;
        private @Nullable Node zero;
        private @Nullable Node one;

        Node(int splitAt) {
            this.splitAt = splitAt;
        }
    }

    void add(Entry entry) {
        var leaf = leafNode(entry.descriptor());
        leaf.entries.add(entry);
        if (leaf.entries.size() > leaf.splitAt) {
            split(leaf);
        }
    }

    /// What lies where a descriptor belongs; lent.
    List<Entry> leafOf(Descriptor descriptor) {
        return leafNode(descriptor).entries;
    }

    private Node leafNode(Descriptor descriptor) {
        var node = root;
        while (true) {
            var next = descriptor.bit(node.bit) == 0 ? node.zero : node.one;
            if (next == null) {
                return node;
            }
            node = next;
        }
    }

    private void split(Node leaf) {
        int size = leaf.entries.size();
        int best = 0;
        int bestOff = size;
        for (int bit = 0; bit < Descriptor.BITS; bit++) {
            int ones = 0;
            for (var entry : leaf.entries) {
                ones += entry.descriptor().bit(bit);
            }
            int off = Math.abs(2 * ones - size);
            if (off < bestOff) {
                bestOff = off;
                best = bit;
            }
        }
        if (bestOff > (1 - 2 * config.minSplitFraction()) * size) {
            leaf.splitAt *= 2;
            return;
        }
        var zero = new Node(config.leafDescriptors());
        var one = new Node(config.leafDescriptors());
        for (var entry : leaf.entries) {
            (entry.descriptor().bit(best) == 0 ? zero : one).entries.add(entry);
        }
        leaf.bit = best;
        leaf.zero = zero;
        leaf.one = one;
        leaf.entries = List.of();
    }
}
