using System.Diagnostics;
using Reviews.Domain;

namespace Reviews.Tests.Domain;

/// <summary>Rule 5: phone numbers and e-mail addresses in text are masked.</summary>
public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("010-1234-5678")]
    [InlineData("01012345678")]
    [InlineData("010 1234 5678")]
    [InlineData("010.1234.5678")]
    [InlineData("(010) 1234-5678")]
    [InlineData("0 1 0 1 2 3 4 5 6 7 8")]
    [InlineData("0-1-0-1-2-3-4-5-6-7-8")]
    [InlineData("010 12 34 56 78")]
    [InlineData("010–1234—5678")]
    [InlineData("０１０－１２３４－５６７８")]
    [InlineData("010\u200B1234\u200B5678")]
    [InlineData("011-123-4567")]
    [InlineData("+82 10-1234-5678")]
    [InlineData("+82-10-1234-5678")]
    [InlineData("+821012345678")]
    [InlineData("+82 (0)10 1234 5678")]
    [InlineData("0082 10 1234 5678")]
    [InlineData("82 10 1234 5678")]
    [InlineData("02-123-4567")]
    [InlineData("02 1234 5678")]
    [InlineData("0212345678")]
    [InlineData("031-123-4567")]
    [InlineData("070-1234-5678")]
    [InlineData("0507-1234-5678")]
    [InlineData("+82 2 123 4567")]
    [InlineData("+1 (212) 555-0100")]
    public void A_telephone_number_is_masked(string number)
    {
        PersonalData.Mask(number).ShouldNotContain("5");
        PersonalData.Mask($"전화 {number}로 주세요").ShouldMatch(@"^전화 \(?\*\*\*로 주세요$");
        PersonalData.Mask($"전화{number}").ShouldMatch(@"^전화\(?\*\*\*$");
    }

    [Theory, Trait("Fault", "A11")]
    [InlineData("010,1234,5678")]
    [InlineData("010, 1234, 5678")]
    [InlineData("010，1234，5678")]
    [InlineData("0,1,0,1,2,3,4,5,6,7,8")]
    [InlineData("010:1234:5678")]
    [InlineData("010*1234*5678")]
    [InlineData("010、1234、5678")]
    [InlineData("02,123,4567")]
    [InlineData("031, 123, 4567")]
    [InlineData("+82,10,1234,5678")]
    public void A_telephone_number_is_masked_whatever_stands_between_its_digits(string number) =>
        PersonalData.Mask($"전화 {number}로 주세요").ShouldBe("전화 ***로 주세요");

    [Theory, Trait("Fault", "A11")]
    [InlineData("1,010,123,456원")]
    [InlineData("1,010,123,456,789")]
    [InlineData("+12,345,678원")]
    [InlineData("1,021,234,567원, 2,031,234,567원")]
    [InlineData("12:30, 13:10, 14:00")]
    public void Amounts_and_times_stay(string text) => PersonalData.Mask(text).ShouldBe(text);

    [Theory]
    [InlineData("kim@example.com")]
    [InlineData("kim.min-su+delivery@mail.example.co.kr")]
    [InlineData("KIM_99@EXAMPLE.COM")]
    [InlineData("ｋｉｍ＠ｅｘａｍｐｌｅ．ｃｏｍ")]
    public void An_e_mail_address_is_masked(string address) =>
        PersonalData.Mask($"메일은{address}으로 주세요").ShouldBe("메일은***으로 주세요");

    [Theory]
    [InlineData("")]
    [InlineData("12,000원 치고는 좋아요")]
    [InlineData("1,012,345,678원")]
    [InlineData("주문번호 1024, 2번째 주문")]
    [InlineData("주문 #20260302-0012")]
    [InlineData("2026-03-02 12:30에 주문, 2026.03.02 13:10 도착")]
    [InlineData("02:15 새벽에 40분 걸림")]
    [InlineData("떡볶이 2개 @ 3.50, 순대 1개")]
    [InlineData("10명이 2시간 30분 동안 5 4 3 2 1")]
    [InlineData("별점 5/5, 10점 만점에 10점")]
    [InlineData("@friend 여기 맛있어")]
    [InlineData("모델 19010123456789번")]
    public void Other_text_stays_as_it_is(string text) => PersonalData.Mask(text).ShouldBe(text);

    [Fact]
    public void Every_one_of_several_is_masked_and_the_rest_stays() =>
        PersonalData
            .Mask("사장님 010-1234-5678 또는 a@b.kr, 8,500원 010 2345 6789!")
            .ShouldBe("사장님 *** 또는 ***, 8,500원 ***!");

    [Fact]
    public void A_figure_that_follows_a_number_stays() =>
        PersonalData.Mask("011-123-4567 3시").ShouldBe("*** 3시");

    [Theory]
    [InlineData("0101")]
    [InlineData("0 1 0 1 ")]
    [InlineData("a.")]
    [InlineData("+82 ")]
    [InlineData("a@b.")]
    [InlineData("((((")]
    public void The_most_awkward_text_takes_no_noticeable_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, Review.LongestText / piece.Length));
        PersonalData.Mask(text);

        var started = Stopwatch.GetTimestamp();
        PersonalData.Mask(text);

        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromMilliseconds(200));
    }
}
