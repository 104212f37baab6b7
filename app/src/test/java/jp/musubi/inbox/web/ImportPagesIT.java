package jp.musubi.inbox.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import jp.musubi.common.BilingualText;
import jp.musubi.common.store.MusubiIT;
import jp.musubi.identity.web.OperatorSecret;
import jp.musubi.inbox.CellParsers;
import jp.musubi.inbox.Cells;
import jp.musubi.inbox.Column;
import jp.musubi.inbox.FeedId;
import jp.musubi.inbox.ImportContext;
import jp.musubi.inbox.ImportKind;
import jp.musubi.inbox.Row;
import jp.musubi.inbox.RowInterpreter;
import jp.musubi.inbox.RowStore;
import jp.musubi.inbox.job.ImportJobs;
import jp.musubi.inbox.store.FeedFile;
import jp.musubi.response.Bounds;
import jp.musubi.response.Response;
import jp.musubi.response.ResponseClock;
import jp.musubi.response.ResponseId;
import jp.musubi.response.Responses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@MusubiIT
@TestPropertySource(properties = "musubi.inbox.watch=false")
class ImportPagesIT {

    @TestConfiguration
    static class Kinds {
        /** Says of every row whether it could be taken; keeps nothing. */
        @Bean
        ImportKind<Long> wells() {
            return new ImportKind<>() {
                @Override
                public String name() {
                    return "wells";
                }

                @Override
                public BilingualText title() {
                    return BilingualText.of("井戸", "Wells");
                }

                @Override
                public List<Column> columns() {
                    return List.of(
                            Column.required("well_id", "井戸番号", "Well id").example("W-1"),
                            Column.required("litres_per_day", "日量", "Litres per day")
                                    .example("900"));
                }

                @Override
                public Optional<String> externalId(Row row) {
                    return row.text("well_id");
                }

                @Override
                public RowInterpreter<Long> interpreter(ImportContext context) {
                    return row -> {
                        Cells cells = new Cells(row);
                        cells.required("well_id", CellParsers.text(64));
                        Optional<Long> litres = cells.required("litres_per_day", CellParsers.wholeNumber(1, 1000));
                        return cells.finish(litres::orElseThrow);
                    };
                }

                @Override
                public RowStore<Long> store() {
                    return (context, rows) -> RowStore.Applied.of(rows.size(), 0, 0);
                }
            };
        }
    }

    private final Responses responses;
    private final OperatorSecret operator;
    private final ImportJobs jobs;
    private final MockMvc web;
    private String base = "";

    ImportPagesIT(Responses responses, OperatorSecret operator, ImportJobs jobs, WebApplicationContext context) {
        this.responses = responses;
        this.operator = operator;
        this.jobs = jobs;
        this.web = MockMvcBuilders.webAppContextSetup(context)
                .addFilters(context.getBeansOfType(org.springframework.web.filter.OncePerRequestFilter.class)
                        .values()
                        .toArray(jakarta.servlet.Filter[]::new))
                .<DefaultMockMvcBuilder>apply(springSecurity())
                .build();
    }

    @BeforeEach
    void anotherResponse() {
        String code = "t-" + UUID.randomUUID();
        responses.open(new Response(
                new ResponseId(0),
                code,
                "試験",
                "Test",
                ZoneId.of("Asia/Tokyo"),
                List.of(Locale.JAPANESE),
                new Bounds(36, 138, 42, 143),
                new ResponseClock.Real(),
                true));
        base = "/r/" + code;
    }

    @Test
    void closesImportsToPeopleWhoMayNot() throws Exception {
        web.perform(get(base + "/imports").header("Accept", "text/html")).andExpect(status().isUnauthorized());
        web.perform(get(base + "/api/v1/imports")).andExpect(status().isUnauthorized());
    }

    @Test
    void sendsAFileShowsItsReportAndGivesRejectedRowsBack() throws Exception {
        FeedFile file = uploaded("井戸番号,日量,名前\nW-1,900,=HYPERLINK()\nW-2,沢山,\"佐藤, 花\"\nW-3,1001,-5\n");
        assertThat(file.counts()).isEqualTo(new FeedFile.Counts(3, 0, 0, 0, 3));

        String report = "/imports/" + file.id().value();
        web.perform(asOperator(get(base + report)).param("lang", "ja"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("沢山")))
                .andExpect(content().string(containsString("1 から 1,000 までの整数")))
                .andExpect(content().string(containsString("直してほしい行")));
        web.perform(asOperator(get(base + report)).param("lang", "en"))
                .andExpect(content().string(containsString("A whole number from 1 to 1,000")))
                .andExpect(content()
                        .string(containsString("3 rows read: 0 new, 0 corrected, 0 unchanged, 3 to correct.")));

        String csv = web.perform(asOperator(get(base + report + "/rejected.csv")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
        assertThat(csv)
                .startsWith("\ufeff井戸番号,日量,名前,musubi_line,musubi_reasons\r\n")
                .contains("W-1,900,'=HYPERLINK(),2,")
                .contains("W-2,沢山,\"佐藤, 花\",3,")
                .contains("W-3,1001,-5,4,");

        FeedFile corrected = uploaded(csv.replace("沢山", "30").replace("1001", "1000"));
        assertThat(corrected.counts()).isEqualTo(new FeedFile.Counts(3, 3, 0, 0, 0));
        assertThat(corrected.message().map(FeedFile.Message::text).map(BilingualText::en))
                .contains("Columns not read: 名前.");
        web.perform(asOperator(get(base + "/imports")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("wells.csv")))
                .andExpect(content().string(not(containsString("佐藤"))));
    }

    @Test
    void takesPastedCells() throws Exception {
        String page = Objects.requireNonNull(web.perform(asOperator(post(base + "/imports/paste"))
                        .param("cells", "Well id\tLitres per day\nW-1\t900\n")
                        .param("deliveryKey", "p1"))
                .andExpect(status().is3xxRedirection())
                .andReturn()
                .getResponse()
                .getRedirectedUrl());

        assertThat(settled(page).counts().created()).isEqualTo(1);
    }

    @Test
    void receivesOneSubmissionOnceHoweverOftenTheButtonIsPressed() throws Exception {
        for (int i = 0; i < 2; i++) {
            web.perform(asOperator(multipart(base + "/imports").file(file("well_id,litres_per_day\nW-1,1\n")))
                    .param("deliveryKey", "same"));
        }

        web.perform(asOperator(get(base + "/api/v1/imports")))
                .andExpect(org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath("$.length()")
                        .value(1));
    }

    @Test
    void refusesAnUnknownKindAndAFileOfAnotherResponse() throws Exception {
        web.perform(asOperator(post(base + "/api/v1/imports"))
                        .contentType("application/octet-stream")
                        .param("name", "a.csv")
                        .param("kind", "wheels")
                        .content("a"))
                .andExpect(status().isBadRequest());
        FeedFile file = uploaded("well_id,litres_per_day\nW-1,1\n");
        anotherResponse();

        web.perform(asOperator(get(base + "/api/v1/imports/" + file.id().value())))
                .andExpect(status().isNotFound());
    }

    @Test
    void givesATemplateThatCanBeImported() throws Exception {
        String template = web.perform(
                        asOperator(get(base + "/imports/templates/wells.csv")).param("lang", "ja"))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);

        assertThat(template).isEqualTo("\ufeff井戸番号,日量\r\nW-1,900\r\n");
        assertThat(uploaded(template).counts().created()).isEqualTo(1);
    }

    private FeedFile uploaded(String table) throws Exception {
        String page = Objects.requireNonNull(
                web.perform(asOperator(multipart(base + "/imports").file(file(table)))
                                .param("deliveryKey", UUID.randomUUID().toString()))
                        .andExpect(status().is3xxRedirection())
                        .andReturn()
                        .getResponse()
                        .getRedirectedUrl());
        return settled(page);
    }

    private static MockMultipartFile file(String table) {
        return new MockMultipartFile("file", "wells.csv", "text/csv", table.getBytes(StandardCharsets.UTF_8));
    }

    /** Files are read one after the other: when a second go at it ends, the first has ended. */
    private FeedFile settled(String page) {
        return jobs.submit(new FeedId(Long.parseLong(page.substring(page.lastIndexOf('/') + 1))))
                .join();
    }

    private <B extends AbstractMockHttpServletRequestBuilder<B>> B asOperator(B request) {
        return request.header("Authorization", "Bearer " + operator.value());
    }
}
