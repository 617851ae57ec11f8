package dev.aerie.simulator.world;

import dev.aerie.geometry.Vector3;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Lays out a town: streets on a grid of 60 m, between them blocks of 50 m with houses, trees and parked cars.
///
/// A crossing lies at the origin; streets run east and north through every multiple of 60 m.
///
/// In a town of like streets all houses and streets are the same; people, cars, trees, lamps and the way in which the
/// gardens lie tell one street from the next.
final class Town {

    static final double PITCH_METRES = 60;
    static final double STREET_METRES = 10;
    private static final int BLOCKS_EACH_WAY = 5;
    private static final double BLOCK_METRES = PITCH_METRES - STREET_METRES;
    private static final double COUNTRY_METRES = 2600;
    private static final double CLOUD_METRES = 420;
    private static final double CLOUD_HAZE_METRES = 1800;
    private static final int GARDEN = 4;

    private final SplittableRandom random;
    private final long seed;
    private final boolean isAlike;
    private final GroundTextures textures;
    private final Materials materials;
    private final List<Face> ground = new ArrayList<>();
    private final List<SceneObject> things = new ArrayList<>();

    Town(long seed) {
        this(seed, false);
    }

    private Town(long seed, boolean isAlike) {
        this.seed = seed;
        this.isAlike = isAlike;
        this.random = new SplittableRandom(seed);
        this.textures = new GroundTextures(seed);
        this.materials = new Materials(seed + 100);
    }

    static Town ofLikeStreets(long seed) {
        return new Town(seed, true);
    }

    /// The fixed town; `others` are the bodies that move in it.
    World build(List<Body> others) {
        layStreets();
        layBlocks();
        layCountry();
        return new World(ground, List.of(sky()), things, others);
    }

    private void layStreets() {
        var streets = textures.streets();
        var crossing = textures.crossing();
        for (int i = -BLOCKS_EACH_WAY; i <= BLOCKS_EACH_WAY; i++) {
            for (int j = -BLOCKS_EACH_WAY; j <= BLOCKS_EACH_WAY; j++) {
                double x = i * PITCH_METRES;
                double y = j * PITCH_METRES;
                double half = STREET_METRES / 2;
                ground.add(tile(x - half, y - half, STREET_METRES, STREET_METRES, crossing, 0));
                if (i < BLOCKS_EACH_WAY) {
                    var texture = streets.get(any(streets.size()));
                    ground.add(tile(x + half, y - half, BLOCK_METRES, STREET_METRES, texture, 1 + 2 * any(2)));
                }
                if (j < BLOCKS_EACH_WAY) {
                    var texture = streets.get(any(streets.size()));
                    ground.add(tile(x - half, y + half, STREET_METRES, BLOCK_METRES, texture, 2 * any(2)));
                }
            }
        }
    }

    /// One of so many; always the first where all streets are alike.
    private int any(int count) {
        return isAlike ? 0 : random.nextInt(count);
    }

    private void layBlocks() {
        var blocks = textures.blocks();
        for (int i = -BLOCKS_EACH_WAY; i < BLOCKS_EACH_WAY; i++) {
            for (int j = -BLOCKS_EACH_WAY; j < BLOCKS_EACH_WAY; j++) {
                double left = i * PITCH_METRES + STREET_METRES / 2;
                double bottom = j * PITCH_METRES + STREET_METRES / 2;
                int kind = isAlike ? GARDEN : random.nextInt(blocks.size());
                ground.add(tile(left, bottom, BLOCK_METRES, BLOCK_METRES, blocks.get(kind), random.nextInt(4)));
                var block = new Block(left, bottom, BLOCK_METRES, materials);
                things.addAll(isAlike ? block.fillAlike(seed, random) : block.fill(kind, random));
            }
        }
    }

    /// A strip of country on each side, so that no pixel of ground belongs to two faces.
    private void layCountry() {
        var country = textures.countryside();
        double edge = BLOCKS_EACH_WAY * PITCH_METRES + STREET_METRES / 2;
        double wide = COUNTRY_METRES - edge;
        ground.add(country(-COUNTRY_METRES, edge, 2 * COUNTRY_METRES, wide, country));
        ground.add(country(-COUNTRY_METRES, -COUNTRY_METRES, 2 * COUNTRY_METRES, wide, country));
        ground.add(country(-COUNTRY_METRES, -edge, wide, 2 * edge, country));
        ground.add(country(edge, -edge, wide, 2 * edge, country));
        for (int i = -BLOCKS_EACH_WAY; i <= BLOCKS_EACH_WAY; i++) {
            for (int end : new int[] {-1, 1}) {
                double outside = end * (edge + 4 + random.nextDouble(12));
                things.add(Block.tree(materials, i * PITCH_METRES + random.nextDouble(40), outside, random));
                things.add(Block.tree(materials, outside, i * PITCH_METRES + random.nextDouble(40), random));
            }
        }
    }

    private static Face country(double left, double bottom, double width, double depth, Texture texture) {
        double tileMetres = 40;
        return Face.tiled(
                new Vector3(left, bottom + depth, 0),
                new Vector3(tileMetres, 0, 0),
                new Vector3(0, -tileMetres, 0),
                texture,
                width / tileMetres,
                depth / tileMetres);
    }

    private Face sky() {
        double reach = 12_000;
        return Face.tiled(
                        new Vector3(-reach, -reach, CLOUD_METRES),
                        new Vector3(500, 0, 0),
                        new Vector3(0, 500, 0),
                        textures.clouds(),
                        2 * reach / 500,
                        2 * reach / 500)
                .withHaze(CLOUD_HAZE_METRES);
    }

    /// A rectangle of ground whose texture is turned by `quarters` of a circle.
    private static Face tile(double left, double bottom, double width, double depth, Texture texture, int quarters) {
        var a = new Vector3(left, bottom + depth, 0);
        var right = new Vector3(width, 0, 0);
        var down = new Vector3(0, -depth, 0);
        return switch (quarters) {
            case 0 -> Face.tiled(a, right, down, texture, 1, 1);
            case 1 -> Face.tiled(a.plus(right), down, right.times(-1), texture, 1, 1);
            case 2 -> Face.tiled(a.plus(right).plus(down), right.times(-1), down.times(-1), texture, 1, 1);
            default -> Face.tiled(a.plus(down), down.times(-1), right, texture, 1, 1);
        };
    }
}
