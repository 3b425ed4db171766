using System.Text;
using Vireo.Core.Errors;
using Xunit;

namespace Vireo.Tests.Model.Network;

/// <summary>Broken documents are read, or refused with an error of ours; what is read is written in a form that stays.</summary>
public class NetworkFuzzTests
{
    static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("VIREO_FUZZ_ROUNDS"), out int rounds) ? rounds : 3000;

    static readonly string[] Tokens =
    [
        "", "0", "-1", "4294967296", "99999999999999999999", "0x", "0xff", "yes", "on", "no", "$A[@1]", "$", "$A[", "::", "10.1", "2001:db8::5efe:1.2.3.4", "ff:ff:ff:ff:ff:ff",
        "255.0.255.0", "<", "&amp;", "'", "<a>", "</ip>", "<ip/>", "<rule/>", "<!--x-->", "\ud800", "NEW,", "SYN/", "ipv6", "hostdev", "{name}", "{0}{1}",
    ];

    [Fact]
    public void Only_our_own_errors_escape_from_broken_documents()
    {
        string[] seeds = [.. NetworkDocumentTests.Documents.Select(row => row.Data.Item2)];
        var random = new Random(20100217);
        int read = 0, refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string document = Mutate(seeds[random.Next(seeds.Length)], random);
            try
            {
                string written = NetworkDocumentTests.Written(document);
                Assert.Equal(written, NetworkDocumentTests.Written(written));
                read++;
            }
            catch (VireoException error)
            {
                Assert.DoesNotContain('\u0001', error.Message);
                refused++;
            }
            catch (Exception escaped)
            {
                Assert.Fail($"round {round}: {escaped}\n{document}");
            }
        }
        Assert.True(read > 0 && refused > 0);
    }

    static string Mutate(string document, Random random)
    {
        var text = new StringBuilder(document);
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            string all = text.ToString();
            int from = all.IndexOf("='", random.Next(all.Length), StringComparison.Ordinal), to = from < 0 ? -1 : all.IndexOf('\'', from + 2);
            string token = Tokens[random.Next(Tokens.Length)];
            if (to > 0 && random.Next(5) > 0)
                text.Remove(from + 2, to - from - 2).Insert(from + 2, token);
            else if (random.Next(2) == 0)
                text.Insert(random.Next(10, text.Length), token);
            else
            {
                int at = random.Next(10, text.Length);
                text.Remove(at, Math.Min(random.Next(1, 30), text.Length - at));
            }
        }
        return text.ToString();
    }
}
