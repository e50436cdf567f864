package main

import (
	"bufio"
	"bytes"
	"crypto/md5"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io/ioutil"
	"math"
	"math/big"
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"
	"unicode/utf8"
)

type person struct {
	Name  string                 `json:"name"`
	Age   int                    `json:"age,omitempty"`
	Likes []string               `json:"likes"`
	More  map[string]interface{} `json:"more,omitempty"`
	Inner *struct{ X float64 }   `json:"inner"`
}

func init() {
	parts["fmt"] = func() {
		fmt.Printf("%5d|%-5d|%05d|%x|%X|%o|%b|%c|%q|%U\n", 42, 42, 42, 255, 255, 8, 5, 'x', 'y', '世')
		fmt.Printf("%8.3f|%e|%g|%t|%v|%+v|%#v|%T\n", 3.14159, 1234.5678, 1e21, true, person{}, person{Name: "A"}, square{1}, 1i)
		fmt.Printf("%s|%10s|%-10s|%.2s|%x|% x|%q\n", "text", "right", "left", "cut", "hex", "hex", "quo\"ted")
		fmt.Printf("%d %s %!|%z\n", "text", 7, 8)
		fmt.Println([]byte("ab"), [2]bool{true}, map[int]string{2: "b", 1: "a"}, struct{}{}, (*int)(nil))
	}
	parts["maps"] = func() {
		m := map[string]int{}
		for i := 0; i < 1000; i++ {
			m[strconv.Itoa(i*i%577)] += i
		}
		total := 0
		for _, v := range m {
			total += v
		}
		delete(m, "4")
		_, there := m["4"]
		fmt.Println(len(m), total, there, m["no"])
	}
	parts["sort"] = func() {
		all := []string{"pear", "fig", "apple", "date", "kiwi"}
		sort.Slice(all, func(i, j int) bool { return len(all[i]) < len(all[j]) || len(all[i]) == len(all[j]) && all[i] < all[j] })
		numbers := make([]int, 500)
		for i := range numbers {
			numbers[i] = i * 7919 % 503
		}
		sort.Sort(sort.Reverse(sort.IntSlice(numbers)))
		fmt.Println(all, numbers[:5], sort.SearchStrings([]string{"a", "c"}, "b"))
	}
	parts["strings"] = func() {
		s := "the quick brown fox"
		fmt.Println(strings.Fields(s), strings.ToUpper(s), strings.Replace(s, "quick", "slow", 1), strings.Index(s, "fox"))
		fmt.Println(strings.Repeat("ab", 20), strings.Count(s, "o"), strings.Contains(s, "own"), strings.Split("a,b,,c", ","))
		fmt.Println(bytes.Equal([]byte(s), []byte(s)), strings.Map(func(r rune) rune { return r + 1 }, "HAL"), strings.TrimFunc("  x ", unicode.IsSpace))
	}
	parts["stdin"] = func() {
		in := bufio.NewScanner(os.Stdin)
		lines, words := 0, 0
		for in.Scan() {
			lines++
			words += len(strings.Fields(in.Text()))
		}
		fmt.Println(lines, words, in.Err())
	}
	parts["copy"] = func() {
		out := bufio.NewWriter(os.Stdout)
		in := bufio.NewReader(os.Stdin)
		for n := 1; ; n++ {
			line, err := in.ReadString('\n')
			if line != "" {
				fmt.Fprintf(out, "%3d %s", n, line)
			}
			if err != nil {
				break
			}
		}
		out.Flush()
	}
	parts["args"] = func() { fmt.Printf("%d %q\n", len(os.Args), os.Args[1:]) }
	parts["env"] = func() {
		value, there := os.LookupEnv("NOT_THERE")
		fmt.Printf("%q %q %v %q\n", os.Getenv("COLOUR"), value, there, os.ExpandEnv("is $COLOUR"))
	}
	parts["missing"] = func() {
		_, err := ioutil.ReadFile("/not/there.txt")
		fmt.Println(err, os.IsNotExist(err))
		_, err = os.Stat("nowhere")
		fmt.Println(err)
		folder, err := os.Getwd()
		fmt.Println(folder, err, filepath.Join("a", "../b"))
	}
	parts["read"] = func() {
		text, err := ioutil.ReadFile("/data.txt")
		fmt.Printf("%q %v\n", text, err)
		file, err := os.Open("data.txt")
		if err != nil {
			fmt.Println(err)
			return
		}
		info, _ := file.Stat()
		file.Seek(-4, 2)
		rest := make([]byte, 10)
		n, err := file.Read(rest)
		fmt.Println(info.Size(), info.Name(), info.Mode(), n, err, string(rest[:n]))
		_, err = file.Read(rest)
		fmt.Println(err, file.Close())
		fmt.Println(ioutil.WriteFile("/data.txt", nil, 0o644))
	}
	parts["floats"] = func() {
		for _, x := range []float64{0, 0.5, 2, -3.75, 1e300, math.Inf(1)} {
			fmt.Printf("%g %.10g %.10g %.10g %g %g %v\n", x*x, math.Sqrt(math.Abs(x)), math.Sin(x), math.Atan(x), math.Floor(x), math.Mod(x, 2), x != x)
		}
		var f float32 = 16777216
		fmt.Println(f+1, float32(0.1), float64(float32(0.1)), int64(-f-0.7), uint8(f-16777016), math.Float64bits(-0.0), math.MaxFloat64*float64(f))
		sum := 0.0
		for i := 1; i < 1000; i++ {
			sum += 1 / float64(i)
		}
		fmt.Println(sum, strconv.FormatFloat(sum, 'e', 5, 32), math.Round(2.5), math.Trunc(-2.5), math.Hypot(3, 4))
	}
	parts["unicode"] = func() {
		s := "héllo, 世界 \xff!"
		for i, r := range s {
			fmt.Print(i, ":", string(r), " ")
		}
		fmt.Println(len(s), utf8.RuneCountInString(s), utf8.ValidString(s), unicode.IsUpper('É'), strings.ToUpper("straße, ñ"), []rune("世界"))
	}
	parts["json"] = func() {
		text, err := json.MarshalIndent(person{"Ann", 0, []string{"<go>", "\u2028"}, map[string]interface{}{"b": 1.5, "a": nil}, nil}, "", " ")
		fmt.Println(string(text), err)
		var back person
		err = json.Unmarshal([]byte(`{"name":"Bo","age":7,"likes":null,"more":{"k":[1,"x",true]},"inner":{"X":2.5}}`), &back)
		fmt.Println(back.Name, back.Age, back.Likes, back.More, back.Inner.X, err)
		fmt.Println(json.Unmarshal([]byte(`{"age": "old"}`), &back))
		fmt.Println(json.Unmarshal([]byte(`{"age": `), &back))
	}
	parts["regexp"] = func() {
		dates := regexp.MustCompile(`(\d{4})-(\d\d)-(?P<day>\d\d)`)
		fmt.Println(dates.FindAllString("1999-12-31, 2000-01-01", -1), dates.ReplaceAllString("on 2024-02-29", "$day.$2.$1"))
		_, err := regexp.Compile("a(b")
		fmt.Println(err, regexp.MustCompile("^(a|b)*c$").MatchString("ababc"))
	}
	parts["template"] = func() {
		t := template.Must(template.New("t").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse(
			"{{range $i, $p := .}}{{if $i}}, {{end}}{{$p.Name | up}}{{with $p.Likes}} likes {{len .}}{{else}} likes nothing{{end}}{{end}}\n"))
		fmt.Println(t.Execute(os.Stdout, []person{{Name: "Ann", Likes: []string{"a", "b"}}, {Name: "Bo"}}))
	}
	parts["hashes"] = func() {
		data := []byte(strings.Repeat("gogoscope", 30))
		h := fnv.New64a()
		h.Write(data)
		fmt.Printf("%08x %x %x %x\n", crc32.ChecksumIEEE(data), sha256.Sum256(data), md5.Sum(data), h.Sum64())
		fmt.Println(base64.StdEncoding.EncodeToString(data[:10]), binary.BigEndian.Uint32(data))
	}
	parts["random"] = func() {
		r := rand.New(rand.NewSource(42))
		fmt.Println(r.Intn(100), r.Float64(), r.Perm(6), r.Int63(), r.NormFloat64())
	}
	parts["big-numbers"] = func() {
		f := big.NewInt(1)
		for i := int64(2); i <= 60; i++ {
			f.Mul(f, big.NewInt(i))
		}
		fmt.Println(f, new(big.Int).Exp(big.NewInt(3), big.NewInt(200), big.NewInt(1000007)), new(big.Rat).SetFrac64(6, 8))
	}
	parts["dates"] = func() {
		t := time.Date(2024, time.February, 29, 13, 4, 5, 678, time.UTC)
		fmt.Println(t, t.Format(time.RFC1123), t.AddDate(1, 0, 0).Format("2006-01-02 Mon"), t.YearDay(), t.Unix())
		d, err := time.ParseDuration("1h15m30.5s")
		fmt.Println(d, err, t.Add(d).Truncate(time.Hour).Format(time.Kitchen), t.Sub(t.Add(-d)))
		_, err = time.Parse("2006-01-02", "2023-02-30")
		fmt.Println(err)
	}
}
