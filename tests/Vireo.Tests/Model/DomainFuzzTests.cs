using System.Text;
using Vireo.Core.Errors;
using Vireo.Model.Domain;
using Vireo.Model.Rules;
using Xunit;

namespace Vireo.Tests.Model;

/// <summary>Documents broken in a thousand ways are read, or refused with an error of ours: nothing else ever escapes.</summary>
public class DomainFuzzTests(ITestOutputHelper output)
{
    /// <summary>VIREO_FUZZ_ROUNDS asks for more than the few that every run can afford.</summary>
    static int Rounds => int.TryParse(Environment.GetEnvironmentVariable("VIREO_FUZZ_ROUNDS"), out int rounds) ? rounds : 4000;

    static readonly string[] Tokens =
    [
        "", "0", "-1", "4294967296", "99999999999999999999", "0x", "0xffffffffffffffff", "yes", "on", "\u0001", "&#x0;", "&#x10ffff;", "&amp;", "<", ">", "'", "\"",
        "<a>", "</domain>", "<disk type='file'>", "<![CDATA[x]]>", "<!--x-->", "<?x y?>", "<!DOCTYPE x>", "xmlns:q='u'", "\ud800", "type='network'", " ", "\0",
        "<metadata><q:a xmlns:q='u'>t<b/></q:a></metadata>", "<qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'><qemu:arg value='1'/></qemu:commandline>",
    ];

    [Fact]
    public void Only_our_own_errors_escape_from_broken_documents()
    {
        List<string> seeds = Seeds();
        var random = new Random(20090430);
        int read = 0, refused = 0;
        for (int round = 0; round < Rounds; round++)
        {
            string document = Mutate(seeds[random.Next(seeds.Count)], random);
            try
            {
                DomainDef def = DomainDef.Parse(document, random.Next(2) == 0 ? DomainParse.Inactive : DomainParse.None);
                DomainRules.Check(def);
                DomainDef.Parse(def.ToXml(DomainFormat.Secure), DomainParse.None);
                read++;
            }
            catch (VireoException)
            {
                refused++;
            }
            catch (Exception escaped)
            {
                Assert.Fail($"round {round}: {escaped}\n{document}");
            }
        }
        output.WriteLine($"{read} read, {refused} refused");
        Assert.True(read > 0 && refused > 0);
    }

    static List<string> Seeds()
    {
        var seeds = new List<string> { DomainDocuments.Ordinary };
        if (Environment.GetEnvironmentVariable("VIREO_CORPUS") is { Length: > 0 } corpus)
            foreach (string folder in (string[])["domain-xml2xml", "qemu-xml2xml"])
                seeds.AddRange(Directory.EnumerateFiles(Path.Combine(corpus, folder, "data"), "*.xml", SearchOption.AllDirectories)
                    .Order(StringComparer.Ordinal).Where((_, i) => i % 7 == 0).Select(File.ReadAllText));
        return seeds;
    }

    static string Mutate(string document, Random random)
    {
        var text = new StringBuilder(document);
        for (int i = random.Next(1, 5); i > 0 && text.Length > 0; i--)
        {
            int at = random.Next(text.Length), length = Math.Min(random.Next(1, 40), text.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(random.Next(text.Length), text.ToString(at, length));
                    break;
                case 2:
                    text[at] = (char)random.Next(1, 0x180);
                    break;
                case 3:
                    text.Insert(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    Value(text, at, Tokens[random.Next(Tokens.Length)]);
                    break;
            }
        }
        return text.ToString();
    }

    /// <summary>Puts another value between the next two quotes.</summary>
    static void Value(StringBuilder text, int at, string value)
    {
        string all = text.ToString();
        int from = all.IndexOf("='", at, StringComparison.Ordinal), to = from < 0 ? -1 : all.IndexOf('\'', from + 2);
        if (to > 0)
            text.Remove(from + 2, to - from - 2).Insert(from + 2, value);
    }
}
