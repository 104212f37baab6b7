package jp.musubi.inbox.feed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.musubi.inbox.FeedInbox;
import jp.musubi.inbox.FeedInbox.Delivery;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.store.DropFolder;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClosed;
import jp.musubi.response.Responses;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The one route of every file.
 *
 * <p>{@code DATA/inbox/RESPONSE/KIND/FILE} and {@code DATA/inbox/RESPONSE/KIND/SOURCE/FILE} are watched. A file is taken
 * when it has stopped changing, and moved to {@code .done} beside it only after the inbox has committed; a crash in
 * between makes it come again, which the unique delivery key in the inbox notices. A file in a folder that names no
 * open response or no kind goes to {@code .failed} with the reason beside it. If the database cannot be reached, the file stays
 * and is tried again. What was moved goes when its retention ends ({@link DropFolder}).
 */
@Component
class FeedRoutes extends RouteBuilder {

    static final String FEED = "direct:feed";

    private static final String FATE = "MusubiFate";

    private final FeedInbox inbox;
    private final ObjectProvider<Feeds> feeds;
    private final Responses responses;
    private final Set<String> kinds;
    private final Path folder;
    private final boolean watching;
    private final long pollMillis;

    FeedRoutes(
            FeedInbox inbox,
            ObjectProvider<Feeds> feeds,
            Responses responses,
            ObjectProvider<ImportKind<?>> kinds,
            DropFolder dropFolder,
            @Value("${musubi.inbox.watch:true}") boolean watching,
            @Value("${musubi.inbox.poll-millis:2000}") long pollMillis) {
        this.inbox = inbox;
        this.feeds = feeds;
        this.responses = responses;
        this.kinds = kinds.stream().map(ImportKind::name).collect(Collectors.toUnmodifiableSet());
        this.folder = dropFolder.path();
        this.watching = watching;
        this.pollMillis = pollMillis;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());

        from(FEED).routeId("feed").process(this::receive);

        from("file:" + folder
                        + "?recursive=true&minDepth=3&maxDepth=4"
                        + "&readLock=changed&readLockMarkerFile=false&readLockMinLength=0"
                        + "&readLockCheckInterval=" + Math.max(100, pollMillis / 2)
                        + "&readLockTimeout=" + Math.max(1000, pollMillis * 5)
                        + "&delay=" + pollMillis
                        + "&exclude=RAW(~.*|.*\\.(part|tmp|crdownload|filepart))"
                        + "&move=${file:parent}/${header." + FATE + "}/${date:now:" + DropFolder.MOVED_AT
                        + "}-${file:onlyname}")
                .routeId("inbox-folder")
                .autoStartup(watching)
                .process(this::fromFolder);
    }

    private void receive(Exchange exchange) throws IOException, InvalidPayloadException {
        Arrival arrival = exchange.getMessage().getMandatoryBody(Arrival.class);
        exchange.getMessage().setBody(inbox.receive(arrival.delivery(), arrival.content()));
    }

    private void fromFolder(Exchange exchange) throws IOException {
        Path file = Path.of(exchange.getMessage().getHeader(Exchange.FILE_PATH, String.class));
        Path within = folder.relativize(file.toAbsolutePath().normalize());
        String responseCode = within.getName(0).toString();
        String kind = within.getName(1).toString();
        Optional<Response> response = responses.findByCode(responseCode);
        Optional<String> fault = response.isEmpty()
                ? Optional.of("There is no response \"" + responseCode + "\". / 対応「" + responseCode + "」はありません。")
                : kinds.contains(kind)
                        ? Optional.empty()
                        : Optional.of("There is no kind \"" + kind + "\"; maybe one of " + sorted(kinds) + ". / 種類「"
                                + kind + "」はありません。");
        if (fault.isPresent()) {
            exchange.getMessage().setHeader(FATE, DropFolder.FAILED);
            explain(file, fault.get());
            return;
        }
        String source = within.getNameCount() > 3 ? within.getName(2).toString() : ImportContext.DEFAULT_SOURCE;
        Delivery delivery = new Delivery(
                response.orElseThrow().id(),
                Optional.of(kind),
                source.length() <= 64 ? source : source.substring(0, 64),
                file.getFileName().toString(),
                "folder:" + fingerprint(file, within),
                Optional.empty());
        try (InputStream content = Files.newInputStream(file)) {
            exchange.getMessage().setHeader(FATE, DropFolder.DONE);
            feeds.getObject().send(delivery, content);
        } catch (ResponseClosed e) {
            exchange.getMessage().setHeader(FATE, DropFolder.FAILED);
            explain(file, e.text().en() + " / " + e.text().ja());
        }
    }

    private static void explain(Path file, String reason) throws IOException {
        Path failed = Files.createDirectories(file.resolveSibling(DropFolder.FAILED));
        Files.writeString(failed.resolve(file.getFileName() + ".reason.txt"), reason + "\n", StandardCharsets.UTF_8);
    }

    /** This one arrival of the file, not its content: the same file may be put there again on purpose. */
    private static String fingerprint(Path file, Path within) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            String all = within + "\n" + attributes.size() + "\n" + attributes.lastModifiedTime() + "\n"
                    + attributes.fileKey();
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
