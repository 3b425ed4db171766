using System.Buffers.Binary;
using System.Text;

namespace Vireo.Fuzz.Targets;

/// <summary>Arguments that look like those of libvirt's procedures: refs, texts, numbers, lists, typed parameters.</summary>
sealed class ArgumentMaker(Random random)
{
    /// <summary>The domain of libvirt's test driver.</summary>
    static readonly Guid testDomain = new("6695eb01-f6a4-8304-79aa-97f2502e193f");

    static readonly string[] texts =
    [
        "test", "default", "default-pool", "", "/", "a/b", "<domain type='test'><name>x</name><memory>1</memory><os><type>hvm</type></os></domain>", "<domain/>", "<", "eth0",
        "vda", "test:///default", "qemu:///system", "test:///nowhere", "\0", "\u00e4\u20ac", "%s", "cpu", "memory_soft_limit", "vcpu_quota", "http://x/", "x\ny",
    ];

    static readonly int[] numbers = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 64, 255, 256, 1024, 4096, 16384, 65536, int.MaxValue, int.MinValue, -1, -2];

    readonly List<byte> bytes = [];

    internal byte[] Make()
    {
        for (int fields = random.Next(9); fields > 0; fields--)
            Field();
        return [.. bytes];
    }

    void Field()
    {
        switch (random.Next(10))
        {
            case 0 or 1:
                Text(random.Next(3) == 0 ? Pick(texts) : "test");
                Fixed(random.Next(4) == 0 ? default : testDomain);
                Word(random.Next(3) - 1);
                break;
            case 2:
                Text(Pick(texts));
                break;
            case 3:
                Word(1);
                Text(Pick(texts));
                break;
            case 4:
                Word(Pick(numbers));
                Word(Pick(numbers));
                break;
            case 5:
                List(() => Text(Pick(texts)));
                break;
            case 6:
                List(Parameter);
                break;
            case 7:
                Word(random.Next(33));
                break;
            default:
                Word(Pick(numbers));
                break;
        }
    }

    T Pick<T>(T[] from) => from[random.Next(from.Length)];

    void List(Action one)
    {
        int count = random.Next(5);
        Word(random.Next(10) == 0 ? Pick(numbers) : count);
        for (int i = 0; i < count; i++)
            one();
    }

    void Parameter()
    {
        Text(Pick(texts));
        int type = random.Next(9);
        Word(type);
        if (type is 7)
            Text(Pick(texts));
        else
            Word(Pick(numbers));
        if (type is 3 or 4 or 5)
            Word(Pick(numbers));
    }

    void Word(int value)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, value);
        bytes.AddRange(word);
    }

    void Text(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        Word(content.Length);
        bytes.AddRange(content);
        bytes.AddRange(new byte[-content.Length & 3]);
    }

    void Fixed(Guid uuid) => bytes.AddRange(uuid.ToByteArray(bigEndian: true));
}
