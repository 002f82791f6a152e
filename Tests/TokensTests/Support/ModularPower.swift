/// Powers modulo odd numbers as Python's `pow` gives them: random ones of many sizes, and moduli
/// around which carries run through every word.
struct ModularPower: CustomStringConvertible, Sendable {
    let modulus: [UInt8]
    let base: [UInt8]
    let exponent: [UInt8]
    let power: [UInt8]

    var description: String { "modulo \(Hexadecimal.text(modulus))" }

    /// All of them.
    static let all = table.split(separator: ";").compactMap { line in
        let numbers = line.split(separator: ",").map { Hexadecimal.bytes(String($0)) }
        return numbers.count == 4
            ? ModularPower(
                modulus: numbers[0],
                base: numbers[1],
                exponent: numbers[2],
                power: numbers[3]
            ) : nil
    }

    /// Modulus, base, exponent, power.
    private static let table = """
        3, 1, daef276917658a86fdb1436b, 1;
        7, 3, be93c9, 3;
        1f, 1b, 7c0fd1c366c71068, 8;
        a1, 23, 8b00c78a7c81c52f, 8c;
        143d3, 75fe, 8459fb, da39;
        68a2e167, 1524f4c9, ed8a989dd33d8e1374c3a676, 45f13ec1;
        1de5e5169, b8fdca0d, 79, 5c1471cb;
        7519092771012b53, 6fb02208daca908d, b9ed304cfb7596c03f625609, 4caac7b82fb22959;
        b512cacacf6aacf1, 7522226bf1b71488, 28c0a03010e679d, 281160ecd2cea990;
        187d638157794530b, 8ca38b7b4c38b81, 460a6e, 7e812779f11b4ff2;
        3b6e68f2751ff88ef, 320624ad16eb38471, 23, 396c6bd84cef45009;
        723fa3f43ad838447cc75478ee9f11af, 234dfb8203a7069bb5307e12743b501b, 1b552,
        1b9c0540aac2b83e21de6c2e8700b534;
        b2c134f1fc931531be3c059d8a10a02b, 94b2148b11d4bea1849520dd192b6a5b, d8,
        22f273aecef3fe7b2d8b7bb22bbecd;
        16c983eda1a3793c65d57bc47f7e71dd3, 169c38dbedc2d572cd311a3591277cb7e, 124cb141961f1e0de,
        42b98a0f9ab49d9b619dc0a20ffe889d;
        3ed78f6cc4ae253768c82f69568da6313, f390d859012be90489385d67594fd2a9, 1387b0443293969d1,
        38d77f470c66beefff2fa304f245ed2b;
        514c80434ec3582912d841db798be14b02611cb18c4222dd,
        29e372144e9395f5f220e1684467577391c10681bbe911c7, 194c8a04e43101176,
        4601450b8f31ac24f9e3222c32be6df2a7f7d484cf6b04b;
        aa8c2e6312ed1b9815109fc5dc2dc7bddd0e5a4d7907f2df,
        54d7e995919ce80b845dea9da71265ce5baba448cdd7cc28, 128fb9,
        a2db19a3df1fa8e3b922924be4a09345e4629cce4e038dee;
        16d81401965713a07faf78d043bb95aaf82bc91fafd036f7d,
        134880acf9524b9427bf0daacad57cd82eed306c33ae41471, fd07d4,
        252301125c17b298f209434e1a641b2f8df1e65a86bf68c5;
        64664aac55b919dd9a31cb7e09598c2daa6f4ca8b02ea8adc51f8580866e3d61,
        34cae6b3141971f1cb3c5edd5c23dd02dfd078aa7c2e9329c1c5c960bae4500a,
        ceb34bf56871ae4d29c6556c,
        33b5bd75a3bb28afb1271123323b0417fa85c9bc6cbb591d4febf9d070b35725;
        1966e1dc868675b1d51427c48d5ca51df21b1f779b1e975280cad32f0ffeeaa55,
        386d8a58804d49287d9f2132fffe203be4c45d802692cff2e347bd0698c151fd, 3f,
        18a19a0c420d03d89be4e3034d0032da44e132aa878e6b8b2c314e910c92b9118;
        172d4407a800dd4426f0528d324a9a6f2c270dcb6b14c9c3e7378501eb32bb500ed7e21dd5174d21b,
        163eabaac352db1afe091621932c05c1581375f8a3cd8c9da0bce659771e1c9f4657839f758342e43,
        13987bc031c27bf99,
        3c2c1062b3777155eb01aab3d888fb160d3ebf9294de294c1c4ad7500b4d2e13094a45b552bf3b58;
        ac29bc0a69a67fd707e079436bb45853c69fc2a4ddee2b0cbdca5e6be600c654dc85c6e082def3127e6751e8
        8ce12975, 413bfc8fadb936e9390a618121ea38097febd49230f2c28b5de72bb5413ac4f7441fef01cef7d4
        6390cff42c23c0fb4c, cc67a6, 927f102af95a7e07364d6918c45be597e1f0f842a8b45d15b4c9be22d7a6
        28291ef2a7b6a66df6be690e4d7b9b2ed06e;
        10acb3a37b9ef03426c3cf252f32dc2ddeabe4c06c477d761d595889fdc61997bb010c38b48172078640cb8b
        5a07284e3058221f7e8108801, 7bc00e74f1f568c1fc11df7db65065c4df3c72913e5e1bd85168737d2a81d
        cc370a04b7034611dce79477d4fe55e3f8767d980fe99ea5ae5, 2551e4a6fb8333fb, 100264d2f867085ce
        a6ea144d2680bb465a6c68d9f90b5f20a91c14113f607c98c069aa0b7035d1a5f2c72b983603c538f23739af
        b5b5b705;
        1466e36d1ba37144965883d9711a0c69f47e7353312a69594900b8ea8514bb0b9eab797faaedd2fe91154cec
        c2429a9f58dc78a95643589d132236ac1fc127ed7, c87f3d65fff7c92c7b85436e49229619d081808beef2c
        7a243f151167a57700021786c2bf4ddf40e69487a20c2a9542efcfddd6f83f8a2a2fa42454ddcd429ab,
        13c84e3e548799f71, 10cc87b9e05f7a009a8ad1ed617f4622efdf396e592a70f97868c232adaef5d271c9e
        7c42c3a412c02a913c774ed2b766b5d412cd2844d9f61cc2d263df9f9062;
        111cebd086715dc3f8c476e818b4e5785c1434b6cb72c63a465c9a34e70fb6bd557df03b09802b7515beeac7
        12cb8228ff94ae4d9f8f3bd762f7d94993f8f780b3f, e12b750fecf2bac4fa672105db96cd7bb58220ccae8
        922066ea098c447dda6872255fbc7630db3396e3b3a2750398eea047061b18bb4623d7ea76dd1c770199e36,
        1f1046f08454e0226, bb3ef6e1015d18294efdfd76b847f1fc222308981a1771217141363a784961bc14251
        1b866b2a2005f7011e734e598fa557f46d1503d3fa0eaee349619f7aa9ec6;
        69735f7b24fcdc58c4667cc38407dfa11a1f2aa7d342200baeab4a561ca1ccb2dc1bf54f31d08257ed4fd751
        ae36e0c4bde7342938df48ce531b15d896247d9d7e1bd941c43e410a477ba001b89ea1c9758056875243e4a5
        89e45f7c2d2831fa311d0670aeb8f49d47f9ebf4bee36d0b2b0cc14474cb7faf32c6af1fff6bd74ba1, 238a
        6c0e98faaa245bdff3330b6f24c0d283500c532ec0cd12fae4b06a0cdd9e3d32e1830029af872ec62921ed14
        e20b50ec210830b7c08a40a5952437151e0872fee923132140dc79329885e086bf0268798e032f80e850664f
        87b91150b4dc5f5ae2165cb866d54b9e6d0d1dc7beb9482e75fcaa31b9d404b0da0aaa7050587, dd8d, 684
        3f639083a1e447e105a1a5c8a3dff7ff0aee152fbdbd3a6d4a415e6c495ca60237edf8dea0f83808d5ce4633
        4896881ef4ed2027be19e8a6597af1b062d496902e5f625c5c231e2b19850374513b69b1045e74b5407cffcc
        0728c9a62c5e9b38db2c77cc3242f7b04dbf68c41b5643c79566cdba2f70dd2d91bcb454a9f7fc;
        ffffffffffffffff, fffffffffffffffe, 7e85, fffffffffffffffe;
        ffffffffffffffff, fffffffffffffffd, df1483b309, fffffffffffffdff;
        ffffffffffffffffffffffffffffffff, fffffffffffffffffffffffffffffffe, 8ff8d,
        fffffffffffffffffffffffffffffffe;
        ffffffffffffffffffffffffffffffff, fffffffffffffffffffffffffffffffd, 84bbd72cc3,
        fffffffffffffff7ffffffffffffffff;
        ffffffffffffffffffffffffffffffffffffffffffffff61,
        ffffffffffffffffffffffffffffffffffffffffffffff60, bb0be, 1;
        ffffffffffffffffffffffffffffffffffffffffffffff61,
        ffffffffffffffffffffffffffffffffffffffffffffff5f, 4646422ee7,
        4691171ffad66501c0e1874709cdf35393f2698d4b25581c;
        80000000000000000000000000000001, 80000000000000000000000000000000, 4ae14, 1;
        80000000000000000000000000000001, 7fffffffffffffffffffffffffffffff, 1a81cb9a5,
        40000000000000000000000000;
        fffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffff,
        fffffffffffffffffffffffffffffffefffffffffffffffffffffffffffffffe, 155a9,
        fffffffffffffffffffffffffffffffefffffffffffffffffffffffffffffffe;
        fffffffffffffffffffffffffffffffeffffffffffffffffffffffffffffffff,
        fffffffffffffffffffffffffffffffefffffffffffffffffffffffffffffffd, bbaafdc685,
        4558aeb8ab3a0516538f59538a7d11d74e0ca4805954fc86d608447e64ea7d8a;
        1000000000000000000000000000000000000000000000001,
        1000000000000000000000000000000000000000000000000, 82892, 1;
        1000000000000000000000000000000000000000000000001,
        ffffffffffffffffffffffffffffffffffffffffffffffff, dc216b5c7f, 8000000000000000;
        10000000000000001, 10000000000000000, d3bed, 10000000000000000;
        10000000000000001, ffffffffffffffff, bdaca8a379, 200000000000000;
        d4bde4ab6a9eaeb45b0d43152dfdc3f75909d6c33a43e13437,
        4da05768e98ab91727d9c00690fefff984efa5f6017c0ec51f, 0, 1;
        d4bde4ab6a9eaeb45b0d43152dfdc3f75909d6c33a43e13437,
        7096457a90928f92f1d0d11b8360fde0c9f94789365ae45fed, 1,
        7096457a90928f92f1d0d11b8360fde0c9f94789365ae45fed;
        d4bde4ab6a9eaeb45b0d43152dfdc3f75909d6c33a43e13437, 0, 5, 0;
        d4bde4ab6a9eaeb45b0d43152dfdc3f75909d6c33a43e13437, 1, 400000000000000000, 1;
        d4bde4ab6a9eaeb45b0d43152dfdc3f75909d6c33a43e13437,
        d4bde4ab6a9eaeb45b0d43152dfdc3f75909d6c33a43e13436, 400000000000000000, 1;
        d4bde4ab6a9eaeb45b0d43152dfdc3f75909d6c33a43e13437, 0, 0, 1;
        """
}
