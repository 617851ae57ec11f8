package dev.aerie.simulator.world;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/// The textures of a town's houses and trees: few enough to fit in a processor's cache.
final class Materials {

    static final int MIN_FLOORS = 2;
    static final int MAX_FLOORS = 6;
    private static final int FACADES_PER_HEIGHT = 6;

    private final List<List<Texture>> facades = new ArrayList<>();
    private final List<Texture> roofs;
    private final List<Texture> leaves;
    private final List<Texture> bark;
    private final Texture metal;

    Materials(long seed) {
        var random = new SplittableRandom(seed);
        for (int floors = MIN_FLOORS; floors <= MAX_FLOORS; floors++) {
            int height = floors;
            facades.add(some(FACADES_PER_HEIGHT, () -> BodyTextures.facade(random, random.nextInt(3, 6), height)));
        }
        roofs = some(6, () -> BodyTextures.roof(random));
        leaves = some(8, () -> BodyTextures.leaves(random));
        bark = some(3, () -> BodyTextures.bark(random));
        metal = BodyTextures.rubber(random.nextLong());
    }

    Texture facade(SplittableRandom random, int floors) {
        return one(facades.get(floors - MIN_FLOORS), random);
    }

    Texture roof(SplittableRandom random) {
        return one(roofs, random);
    }

    Texture leaves(SplittableRandom random) {
        return one(leaves, random);
    }

    Texture bark(SplittableRandom random) {
        return one(bark, random);
    }

    Texture metal() {
        return metal;
    }

    private static List<Texture> some(int count, Supplier<Texture> painter) {
        List<Texture> textures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            textures.add(painter.get());
        }
        return List.copyOf(textures);
    }

    private static Texture one(List<Texture> textures, SplittableRandom random) {
        return textures.get(random.nextInt(textures.size()));
    }
}
