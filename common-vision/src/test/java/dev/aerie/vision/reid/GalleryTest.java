package dev.aerie.vision.reid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GalleryTest {

    private static final int DIMENSIONS = 32;
    private static final GalleryConfig CONFIG = new GalleryConfig(3, 2, 0.7, 0.05);

    private final Random random = new Random(11);
    private final Gallery gallery = new Gallery("test", DIMENSIONS, CONFIG);

    @Test
    void identify_sameLookAgain_isTheSameIdentity() {
        var anna = person();
        long first = gallery.identify(anna);
        long second = gallery.identify(like(anna, 0.2));
        assertThat(second).isEqualTo(first);
        assertThat(gallery.identify(person())).isNotEqualTo(first);
        assertThat(gallery.size()).isEqualTo(2);
    }

    @Test
    void query_nobodyAlike_isEmpty() {
        assertThat(gallery.query(person())).isEmpty();
        gallery.enroll(person());
        assertThat(gallery.query(person())).isEmpty();
    }

    @Test
    void query_twoEquallyAlike_takesNone() {
        var anna = person();
        gallery.enroll(like(anna, 0.05));
        assertThat(gallery.query(anna)).isPresent();
        gallery.enroll(like(anna, 0.05));
        assertThat(gallery.query(anna)).isEmpty();
    }

    @Test
    void enroll_moreThanThereIsRoomFor_forgetsWhoWasSeenLongestAgo() {
        var anna = person();
        var bert = person();
        long annas = gallery.enroll(anna);
        long berts = gallery.enroll(bert);
        gallery.remember(annas, anna);
        gallery.enroll(person());
        gallery.enroll(person());
        assertThat(gallery.size()).isEqualTo(3);
        assertThat(gallery.query(anna).map(GalleryMatch::identity)).contains(annas);
        assertThat(gallery.query(bert)).isEmpty();
        gallery.remember(berts, bert);
        assertThat(gallery.query(bert).map(GalleryMatch::identity)).contains(berts);
    }

    @Test
    void remember_manyLooks_keepsTheBoundAndTheLastOne() {
        long identity = gallery.enroll(person());
        Embedding last = person();
        for (int i = 0; i < 50; i++) {
            last = person();
            gallery.remember(identity, last);
        }
        assertThat(gallery.contents().get(identity)).hasSize(2).contains(last);
        assertThat(gallery.query(last).map(GalleryMatch::identity)).contains(identity);
    }

    @Test
    void remember_numberNeverGiven_isRefused() {
        assertThatThrownBy(() -> gallery.remember(7, person()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("identities are 1 to 0, was 7");
    }

    @Test
    void query_embeddingOfAnotherSize_isRefused() {
        assertThatThrownBy(() -> gallery.query(Embedding.of(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds embeddings of 32 numbers, was given 2");
    }

    /// The graph may miss a neighbour; over many queries it must not miss the nearest, also after many were taken out.
    @Test
    void nearest_graphAndExact_agreeOnTheMostAlike() {
        var graph = new GraphIndex(DIMENSIONS);
        var exact = new ExactIndex();
        List<Embedding> people = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            people.add(person());
            assertThat(graph.add(people.getLast())).isEqualTo(exact.add(people.getLast()));
        }
        for (int slot = 0; slot < 1000; slot += random.nextInt(1, 3)) {
            graph.remove(slot);
            exact.remove(slot);
        }
        int agreed = 0;
        for (Embedding one : people) {
            var query = like(one, 0.3);
            agreed += graph.nearest(query, 3)
                            .getFirst()
                            .equals(exact.nearest(query, 3).getFirst())
                    ? 1
                    : 0;
        }
        assertThat(agreed).isGreaterThan(980);
    }

    @Test
    void nearest_empty_isEmpty() {
        var graph = new GraphIndex(DIMENSIONS);
        assertThat(graph.nearest(person(), 3)).isEmpty();
        graph.remove(graph.add(person()));
        assertThat(graph.nearest(person(), 3)).isEmpty();
    }

    private Embedding person() {
        return Embedding.of(noise(1));
    }

    private Embedding like(Embedding one, double spread) {
        float[] values = one.toArray();
        float[] change = noise(spread / Math.sqrt(DIMENSIONS));
        for (int i = 0; i < values.length; i++) {
            values[i] += change[i];
        }
        return Embedding.of(values);
    }

    private float[] noise(double deviation) {
        var values = new float[DIMENSIONS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }
}
