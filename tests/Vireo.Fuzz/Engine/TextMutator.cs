using System.Text;

namespace Vireo.Fuzz.Engine;

/// <summary>Damages text, with an eye for what its language is made of.</summary>
/// <param name="tokens">Words that mean something in it, or are just wrong.</param>
/// <param name="quotes">What stands around values, such as <c>'"</c>.</param>
/// <param name="marks">Where its parts begin, such as <c>&lt;</c>.</param>
sealed class TextMutator(string[] tokens, string quotes, string marks)
{
    /// <summary>Longer texts only take longer.</summary>
    const int Longest = 64 * 1024;

    internal byte[] Mutate(byte[] seed, byte[] other, Random random)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(seed));
        for (int i = random.Next(2) == 0 ? 1 : random.Next(1, 6); i > 0 && text.Length is > 0 and < Longest; i--)
            Change(text, other, random);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    void Change(StringBuilder text, byte[] other, Random random)
    {
        int at = random.Next(text.Length), length = Math.Min(random.Next(1, 40), text.Length - at);
        switch (random.Next(9))
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
                text.Insert(at, Token(random));
                break;
            case 4:
                Part(text, at, random, remove: true);
                break;
            case 5:
                Part(text, at, random, remove: false);
                break;
            case 6:
                string whole = Encoding.UTF8.GetString(other);
                int from = random.Next(whole.Length + 1);
                text.Insert(at, whole.AsSpan(from, Math.Min(random.Next(200), whole.Length - from)));
                break;
            default:
                Value(text, at, Token(random));
                break;
        }
    }

    string Token(Random random) => random.Next(40) == 0 ? new string('x', 5000) : tokens[random.Next(tokens.Length)];

    /// <summary>Takes away, or says again elsewhere, what stands between two places where parts begin.</summary>
    void Part(StringBuilder text, int at, Random random, bool remove)
    {
        string all = text.ToString();
        char[] begins = marks.ToCharArray();
        int from = all.IndexOfAny(begins, at);
        int to = from < 0 ? -1 : from;
        for (int count = random.Next(1, 6); to >= 0 && count > 0; count--)
            to = all.IndexOfAny(begins, to + 1);
        if (to < 0)
            return;
        if (remove)
            text.Remove(from, to - from);
        else
            text.Insert(Math.Max(0, all.IndexOfAny(begins, random.Next(all.Length))), all[from..to]);
    }

    /// <summary>Puts another value between the next two quotes.</summary>
    void Value(StringBuilder text, int at, string value)
    {
        string all = text.ToString();
        int from = all.IndexOfAny(quotes.ToCharArray(), at), to = from < 0 ? -1 : all.IndexOf(all[from], from + 1);
        if (to > 0)
            text.Remove(from + 1, to - from - 1).Insert(from + 1, value);
    }
}
