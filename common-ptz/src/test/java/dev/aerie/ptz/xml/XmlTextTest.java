package dev.aerie.ptz.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class XmlTextTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
                "<!DOCTYPE a SYSTEM \"http://127.0.0.1:9/x.dtd\"><a/>",
                "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;\">]><a>&c;</a>",
                "<a>&x;</a>",
                "<a><b></a>",
                "<a/><b/>",
                "",
                "HTTP/1.1 200 OK",
                "{\"a\": 1}",
            })
    void parse_notOnePlainDocument_isRefused(String text) {
        assertThatThrownBy(() -> XmlText.parse(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedXmlException.class);
    }

    @Test
    void parse_elementsInsideEachOtherWithoutEnd_isRefused() {
        byte[] deep = "<a>".repeat(100_000).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> XmlText.parse(deep)).isInstanceOf(MalformedXmlException.class);
    }

    @Test
    void write_thenParse_givesTheSame() throws MalformedXmlException {
        var tree = XmlElement.of(
                "urn:one",
                "Root",
                XmlElement.ofText("urn:two", "Text", "a < b & \"c\" \u0007 ü").withAttribute("at", "<&\">"),
                XmlElement.ofText("urn:one", "Name", "t:qualified"));

        String text = XmlText.write(tree, Map.of("urn:one", "", "urn:two", "t", "urn:three", "u"));

        assertThat(text).contains("xmlns=\"urn:one\"", "xmlns:t=\"urn:two\"").doesNotContain("urn:three");
        var read = XmlText.parse(text.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isEqualTo(tree);
        assertThat(read.textAt("text")).contains("a < b & \"c\"  ü");
    }

    @Test
    void numberAt_infinityOrWords_isTold() throws MalformedXmlException {
        var tree = XmlText.parse("<r><a>INF</a><b>ten</b><c>-3.5</c></r>".getBytes(StandardCharsets.UTF_8));

        assertThat(tree.numberAt("a")).isEqualTo(Double.MAX_VALUE);
        assertThat(tree.numberAt("C")).isEqualTo(-3.5);
        assertThatThrownBy(() -> tree.numberAt("b")).hasMessageContaining("b is no number");
        assertThatThrownBy(() -> tree.numberAt("d")).hasMessageContaining("r has no d");
    }
}
