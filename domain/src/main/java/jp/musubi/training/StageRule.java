package jp.musubi.training;

import jp.musubi.common.BilingualText;

/** The rules by which stages follow from facts, each with the sentence that explains it. */
public enum StageRule {
    NOTHING_KNOWN("日付のある記録がまだありません。", "There is no dated fact yet."),
    APPLICATION_RECEIVED("応募の日があります。", "There is a day of application."),
    SCREENING_HELD("選考の日があります。", "There is a day of screening."),
    PLACE_GIVEN("入校の日があります。", "There is a day of enrolment."),
    FIRST_DAY_ATTENDED("出席簿に、初めて出席した日があります。", "The register has a first day of attendance."),
    COMPLETION_NOTED("修了の日があります。", "There is a day of completion."),
    CERTIFICATE_OF_THE_COURSE("講座がめざす資格の修了証が出ています。", "The certificate this course leads to was issued."),
    FOUNDING_GROUP_JOINED("設立準備会に加わった日があります。", "There is a day of joining a founding group."),
    CO_OPERATIVE_REGISTERED("法人が設立された日があります。", "There is a day on which the co-operative was incorporated."),
    BUSINESS_OPENED("事業を始めた日があります。", "There is a day on which the business opened."),
    STILL_IN_CO_OPERATIVE(
            "事業開始から6・12・24・36か月以上たった日の回答が「協同組合で働いている」です。",
            "An answer given 6, 12, 24 or 36 months after the launch, or later, says: works in the co-operative."),
    EXIT_NOTED("途中で離れた日があり、その後に先へ進んだ記録はありません。", "There is a day of leaving and no later step of the way."),
    EXIT_ANSWERED("追跡調査の回答から、離れたことがわかります。", "A follow-up answer says that the person went another way."),
    DEATH_NOTED("亡くなった日があります。", "There is a day of death.");

    private final BilingualText text;

    StageRule(String ja, String en) {
        this.text = BilingualText.of(ja, en);
    }

    public BilingualText text() {
        return text;
    }
}
